-- Of each of the items $1, the relations that go out from it and hold at one of the positions $2 and
-- $3 alone, behind the place ($4, $5) if it is one; at most $6.
select w.id as item, d.relation, d.to_id, d.added
from unnest($1::uuid[]) as w (id)
cross join lateral (
    select r.relation, r.to_id,
        bool_or(r.since_seq <= $3 and (r.until_seq is null or r.until_seq > $3)) as added
    from ci_relations r
    where r.from_id = w.id and ($4::text is null or (r.relation, r.to_id) > ($4, $5))
    group by r.relation, r.to_id
    having bool_or(r.since_seq <= $2 and (r.until_seq is null or r.until_seq > $2))
        <> bool_or(r.since_seq <= $3 and (r.until_seq is null or r.until_seq > $3))
    order by r.relation, r.to_id
    limit $6
) d
order by w.id, d.relation, d.to_id
