-- $2 the one to go on behind, or null.
select to_jsonb(s) as stored
from sla_plans s
where $2::uuid is null
   or (s.name, s.sla_plan_id) > (select b.name, b.sla_plan_id from sla_plans b where b.sla_plan_id = $2)
order by s.name, s.sla_plan_id
limit $1
