-- What is asked for so far, for these subjects.
select q.request_id, q.state
from directory_requests q
where q.state ->> 'open' = 'true' and q.state ->> 'beneficiary' = any($1)
