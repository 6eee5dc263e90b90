with ended as (
    delete from identity.sessions where session_id = $1 and person_id = $2 returning session_id
)
select pg_notify('annals_sessions', session_id::text) from ended
