-- Two days of 30,000 tickets: the newest tenth is live, two of five are the big unit's, one of 300 is the
-- small one's. Each of 500 people reported as many as the others.
insert into view_tickets.tickets
select
    ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, 'INC-' || n, 'INCIDENT', 'One of many',
    null, w.state, 1 + n % 4, null, null, null, null, null,
    ('00000000-0000-7000-9000-' || lpad(to_hex(n % 500), 12, '0'))::uuid,
    ('00000000-0000-7000-9000-' || lpad(to_hex(n % 500), 12, '0'))::uuid,
    case when n % 5 < 2 then uuid '00000000-0000-7000-a000-000000000001'
         when n % 300 = 2 then uuid '00000000-0000-7000-a000-000000000002'
         else uuid '00000000-0000-7000-a000-000000000003' end,
    '{}', null, null, false, null, null, 1, null, null, null,
    w.at, case when w.state in ('RESOLVED', 'CLOSED') then w.at + interval '1 minute' end,
    case when w.state = 'CLOSED' then w.at + interval '2 minutes' end, w.at, 3, 0, 0,
    -- One of 300 is measured by a small plan, the others by a big one.
    case when n % 300 = 7 then uuid '00000000-0000-7000-b000-000000000002'
         else uuid '00000000-0000-7000-b000-000000000001' end,
    null, null, null, null, null,
    -- Its first clock is due a second before it breaches.
    case when w.state in ('NEW', 'PENDING') and n % 2 = 0
         then w.at + interval '1 day' - interval '1 second' end,
    -- Of the open ones one in two breaches, one second after the other.
    case when w.state in ('NEW', 'PENDING') and n % 2 = 0 then w.at + interval '1 day' end,
    case when w.state in ('RESOLVED', 'CLOSED') then 1 else 0 end,
    case when w.state = 'CLOSED' then 1 else 0 end
from generate_series(1, 30000) n
cross join lateral (
    select
        case when n <= 27000 then 'CLOSED' when n % 10 = 0 then 'RESOLVED'
             when n % 10 < 3 then 'PENDING' else 'NEW' end,
        timestamptz '2024-10-04 00:00Z' + n * interval '5 seconds'
) w (state, at)
