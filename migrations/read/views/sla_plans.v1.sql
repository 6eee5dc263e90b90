-- One row a service level plan, as it was last defined.
create table sla_plans (
    sla_plan_id uuid primary key,
    name text collate "C" not null,
    -- What it says, with its name.
    definition jsonb not null,
    version bigint not null
);
create index sla_plans_by_name on sla_plans (name, sla_plan_id);
