-- What is said first never changes anything that is there; what is said later always does.
insert into directory_holdings
select (r ->> 'subject_id')::uuid, r ->> 'holding', (r -> 'first') || (r -> 'later')
from jsonb_array_elements({rows}) r
on conflict (subject_id, holding) do update set
    state = (excluded.state || directory_holdings.state) || (
        select r -> 'later' from jsonb_array_elements({rows}) r
        where (r ->> 'subject_id')::uuid = directory_holdings.subject_id
          and r ->> 'holding' = directory_holdings.holding
    )
