-- Findings of the period. $1 and $2 the period; $3 by what; $4 the units and $5 the person whose work
-- it is, or null for all.
select jsonb_build_object(
    'of', c.of,
    'month', c.month,
    'checks', count(*),
    'points', sum(c.check_score)
) as stored
from (
    select case $3 when 'UNIT' then q.check_unit_id when 'PERSON' then q.check_person_id end as of,
           case $3 when 'MONTH' then date_trunc('month', q.checked_at at time zone 'UTC')::date
           end as month,
           q.check_score
    from quality q
    where q.checked_at >= $1 and q.checked_at < $2
      and ($4::uuid[] is null or q.check_unit_id = any($4))
      and ($5::uuid is null or q.check_person_id = $5)
) c
group by c.of, c.month
order by c.of, c.month
