-- A template that somebody is connected to cannot be cloned. Only a closed one counts as made.
ALTER DATABASE "{1}" WITH ALLOW_CONNECTIONS false IS_TEMPLATE true
