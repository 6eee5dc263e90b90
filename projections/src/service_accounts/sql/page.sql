-- $2 the one to go on behind, or null.
select to_jsonb(s) as stored
from service_accounts s
where $2::uuid is null
   or (s.name, s.account_id) > (select b.name, b.account_id from service_accounts b where b.account_id = $2)
order by s.name, s.account_id
limit $1
