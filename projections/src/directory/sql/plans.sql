-- What is said first never changes anything that is there; what is said later always does.
insert into directory_plans
select (r ->> 'id')::uuid, (r -> 'first') || (r -> 'later') from jsonb_array_elements({rows}) r
on conflict (plan_id) do update set
    state = (excluded.state || directory_plans.state) || (
        select r -> 'later' from jsonb_array_elements({rows}) r
        where (r ->> 'id')::uuid = directory_plans.plan_id
    )
