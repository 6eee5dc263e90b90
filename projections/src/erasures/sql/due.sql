-- What Annals has to carry out, the oldest first.
select to_jsonb(e) as stored
from erasures e
where phase in ('APPROVED', 'BEGUN', 'KEYS_DESTROYED', 'PURGED')
order by requested_at, erasure_id
limit $1
