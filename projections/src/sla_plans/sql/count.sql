select count(*) as count from sla_plans
