select locked_until from identity.sign_in_failures where login_key = $1 and locked_until > $2
