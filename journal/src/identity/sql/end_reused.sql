-- The session of a refresh token that has served before.
with ended as (
    delete from identity.sessions
    where session_id in (
        select session_id from identity.used_refresh_tokens
        where refresh_hash = $1 and expires_at > $2
    )
    returning session_id
)
select pg_notify('annals_sessions', session_id::text) from ended
