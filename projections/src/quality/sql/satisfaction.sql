-- Asked in the period, and answers that were given in it. $1 and $2 the period; $3 by what; $4 the
-- units and $5 the person whose work it is, or null for all.
with asked as (
    select case $3 when 'UNIT' then q.survey_unit_id when 'PERSON' then q.survey_person_id end as of,
           case $3 when 'MONTH' then date_trunc('month', q.survey_sent_at at time zone 'UTC')::date
           end as month,
           count(*) as asked
    from quality q
    where q.survey_sent_at >= $1 and q.survey_sent_at < $2
      and ($4::uuid[] is null or q.survey_unit_id = any($4))
      and ($5::uuid is null or q.survey_person_id = $5)
    group by 1, 2
), rated as (
    select case $3 when 'UNIT' then q.survey_unit_id when 'PERSON' then q.survey_person_id end as of,
           case $3 when 'MONTH' then date_trunc('month', q.rated_at at time zone 'UTC')::date
           end as month,
           count(*) as ratings,
           sum(q.rating)::bigint as points,
           count(*) filter (where q.rating >= 4) as satisfied
    from quality q
    where q.rated_at >= $1 and q.rated_at < $2
      and ($4::uuid[] is null or q.survey_unit_id = any($4))
      and ($5::uuid is null or q.survey_person_id = $5)
    group by 1, 2
), groups as (
    select of, month from asked union select of, month from rated
)
select jsonb_build_object(
    'of', g.of,
    'month', g.month,
    'asked', coalesce(a.asked, 0),
    'ratings', coalesce(r.ratings, 0),
    'points', coalesce(r.points, 0),
    'satisfied', coalesce(r.satisfied, 0)
) as stored
from groups g
left join asked a on (a.of, a.month) is not distinct from (g.of, g.month)
left join rated r on (r.of, r.month) is not distinct from (g.of, g.month)
order by g.of, g.month
