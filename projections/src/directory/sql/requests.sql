-- What is said first never changes anything that is there; what is said later always does.
insert into directory_requests
select (r ->> 'id')::uuid, (r -> 'first') || (r -> 'later') from jsonb_array_elements({rows}) r
on conflict (request_id) do update set
    state = (excluded.state || directory_requests.state) || (
        select r -> 'later' from jsonb_array_elements({rows}) r
        where (r ->> 'id')::uuid = directory_requests.request_id
    )
