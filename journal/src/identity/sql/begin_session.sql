-- The lock waits for a change of the password that is under way, and then finds another hash.
with verified as (
    select person_id from identity.credentials where person_id = $2 and password_hash = $6 for share
), expired as (
    delete from identity.sessions where person_id = $2 and expires_at <= $4
)
insert into identity.sessions
    (session_id, person_id, refresh_hash, created_at, last_used_at, expires_at)
select $1, person_id, $3, $4, $4, $5 from verified
