-- What each source said of each item, state by state; what it last said anew.
with said as (
    select c.ci_id, c.since_seq, c.changed_at, s.source, s.given
    from cis c, jsonb_each(c.given) s (source, given)
    where c.ci_id = any($1)
), told as (
    select s.*, lag(s.given) over (partition by s.ci_id, s.source order by s.since_seq) as before
    from said s
)
select t.ci_id, t.source, min(t.changed_at) as first_at,
    max(t.changed_at) filter (where t.before is distinct from t.given) as last_at
from told t
group by t.ci_id, t.source
