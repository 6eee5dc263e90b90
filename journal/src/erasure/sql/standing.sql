-- $1 the person. What is never lifted stands; whether its end has come is for the caller to say.
select
    coalesce((select version from journal.premises where name = 'evidence'), 0) as moved,
    (
        select aggregate_id from journal.claims where scope = 'erasure.person' and key = $1
    ) as erasure,
    array(
        select e.aggregate_id
        from journal.events e
        where e.aggregate_type = 'evidence_hold' and e.sequence = 1 and not exists (
            select from journal.events l
            where l.aggregate_type = e.aggregate_type and l.aggregate_id = e.aggregate_id
              and l.event_type = 'evidence_hold.lifted'
        )
        order by e.aggregate_id
    ) as holds
