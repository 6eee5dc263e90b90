-- What is said first never changes anything that is there; what is said later always does.
insert into directory_rules
select r ->> 'id', (r -> 'first') || (r -> 'later') from jsonb_array_elements({rows}) r
on conflict (rule) do update set
    state = (excluded.state || directory_rules.state) || (
        select r -> 'later' from jsonb_array_elements({rows}) r
        where r ->> 'id' = directory_rules.rule
    )
