select set_config('annals.login_secret', $1, false)
