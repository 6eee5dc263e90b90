-- For the lock longer than anybody may take who wraps a key, and while it is held as long as all keys take.
select set_config('lock_timeout', '60s', true), set_config('statement_timeout', '0', true),
    set_config('idle_in_transaction_session_timeout', '0', true)
