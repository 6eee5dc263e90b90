-- Writers wait, readers do not. Takes no transaction id.
lock table {schema}.progress in exclusive mode
