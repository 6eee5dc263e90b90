-- A few at a time, and never those that somebody else is at.
delete from identity.sign_in_failures
where login_key in (
    select login_key from identity.sign_in_failures
    where forget_at <= $1
    limit 100
    for update skip locked
)
