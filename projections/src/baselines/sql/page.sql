-- $2 the one to go on behind, or null; $3 whether withdrawn ones are meant, too.
select to_jsonb(b) as stored
from baselines b
where ($3 or b.withdrawn_at is null)
  and ($2::uuid is null
    or (b.position, b.baseline_id)
        < (select a.position, a.baseline_id from baselines a where a.baseline_id = $2))
order by b.position desc, b.baseline_id desc
limit $1
