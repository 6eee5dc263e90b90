select set_config('timezone', 'UTC', true)
