begin isolation level repeatable read, read only;
set local idle_in_transaction_session_timeout = 0;
