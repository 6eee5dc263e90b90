select sla_plan_id as key, to_jsonb(s) as stored from sla_plans s where sla_plan_id = any($1)
