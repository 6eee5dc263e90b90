with expired as (
    delete from identity.sessions where person_id = $2 and expires_at <= $4
)
insert into identity.sessions (session_id, person_id, refresh_hash, created_at, expires_at)
values ($1, $2, $3, $4, $5)
