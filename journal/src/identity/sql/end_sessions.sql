with ended as (
    delete from identity.sessions
    where person_id = $1 and session_id is distinct from $2::uuid
    returning person_id, session_id
)
select pg_notify(
    'annals_sessions',
    case when $2::uuid is null then 'person:' || person_id else session_id::text end
)
from ended
