-- One statement, so that failures at the same time count each: 3 in a row lock for 30 seconds, each
-- further one for twice as long, an hour at most. What is old counts from the beginning.
insert into identity.sign_in_failures as f (login_key, failures, locked_until, forget_at)
values ($1, 1, null, $3)
on conflict (login_key) do update
set failures = case when f.forget_at <= $2::timestamptz then 1 else f.failures + 1 end,
    locked_until = case
        when f.forget_at <= $2 or f.failures + 1 < 3 then null
        else $2 + least(30 * 2 ^ least(f.failures - 2, 10), 3600) * interval '1 second'
    end,
    forget_at = excluded.forget_at
