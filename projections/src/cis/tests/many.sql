-- 20,000 items: registered one after the other, then each corrected, then each hundredth again, but
-- so that each second of those is as it was at first.
with many as (
    select lpad(to_hex(n * 7919 % 20000), 32, '0')::uuid as id, n, 20000 as items
    from generate_series(1, 20000) n
), states as (
    select id, n, 1 as version, n as since_seq, items + n as until_seq, 'Linux' as said from many
    union all
    select id, n, 2, items + n, case when n % 100 = 0 then 2 * items + n / 100 end, 'BSD' from many
    union all
    select id, n, 3, 2 * items + n / 100, null, case when n % 200 = 0 then 'Linux' else 'Unix' end
    from many
    where n % 100 = 0
), written as (
    insert into view_cis.cis
    select id, since_seq, until_seq, lpad('1', 32, '0')::uuid, 'item ' || n, null, 'production',
        jsonb_build_object('name', 'item ' || n, 'os_family', said), '{}', 'active', null, '{}',
        '{}', '{}', now(), now(), version, 'item ' || n
    from states
)
insert into view_cis.ci_relations
select m.id, 'depends_on', o.id, m.n, null, 'manual', now(), null
from many m
join many o on o.n = m.n % 100 + 1
