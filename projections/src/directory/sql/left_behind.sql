-- What is open when a subject ($1) ends, and for a person ($2) who leaves: what was asked for them, at which
-- requests they may have a seat, what they have lent and to whom. At most $3 of each.
(
    select 'asked' as what, q.request_id as stream_id, null as grant_id
    from directory_requests q
    where q.state ->> 'open' = 'true' and q.state ->> 'beneficiary' = $1
    order by q.request_id limit $3
)
union all
(
    select 'seat', q.request_id, null
    from directory_requests q
    where q.state ->> 'open' = 'true' and q.state ? ('seat:' || $2)
    order by q.request_id limit $3
)
union all
(
    select 'lent', h.subject_id, split_part(h.holding, ':', 2)
    from directory_holdings h
    where h.state ->> 'delegated_by' = $2 and h.state ->> 'state' = 'ACTIVE'
    order by h.subject_id, h.holding limit $3
)
