delete from identity.sign_in_failures where login_key = $1
