-- $1 what classes say, $2 since when nothing was heard of what is stale, $3 sources that sent all they
-- have since, $4 what no two items have in common.
with {pairs}, doubled as materialized (
    select distinct p.ci_id from pairs p
), looked as (
    select c.class_id,
        not c.attributes ?& w.wanted as incomplete,
        c.changed_at < $2 and not exists (
            select from unnest($3::text[]) s (name)
            where c.given ? s.name and not c.missing ? s.name
        ) as stale,
        w.related and o.from_id is null and t.to_id is null as orphan,
        d.ci_id is not null as duplicate,
        c.missing <> '{}' as missing
    from cis c
    join w on w.class_id = c.class_id
    left join doubled d on d.ci_id = c.ci_id
    left join (select distinct r.from_id from ci_relations r where r.until_seq is null) o
        on o.from_id = c.ci_id
    left join (select distinct r.to_id from ci_relations r where r.until_seq is null) t
        on t.to_id = c.ci_id
    where c.until_seq is null and c.life = 'ACTIVE' and w.shown
)
select l.class_id, count(*) as total,
    count(*) filter (
        where not (l.incomplete or l.stale or l.orphan or l.duplicate or l.missing)
    ) as healthy,
    count(*) filter (where l.incomplete) as incomplete,
    count(*) filter (where l.stale) as stale,
    count(*) filter (where l.orphan) as orphan,
    count(*) filter (where l.duplicate) as duplicate,
    count(*) filter (where l.missing) as missing
from looked l
group by l.class_id
order by l.class_id
