-- What is said of it is how an erasure finds it again.
create schema {schema};
comment on schema {schema} is 'annals: a view as it was';
-- Whoever fills it reads the history meanwhile, which takes as long as it takes.
set local idle_in_transaction_session_timeout = 0
