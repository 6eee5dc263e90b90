select d.dead_letter_id, d.projection, d.version, d.aggregate_type, d.aggregate_id, d.global_seq,
       d.error, d.attempts, d.parked_at, d.tried_at, d.resolved_at, d.resolution, d.decided_by,
       d.reason,
       case when d.resolved_at is null then (
           select count(*)
           from journal.log l
           where l.aggregate_type = d.aggregate_type and l.aggregate_id = d.aggregate_id
             and l.global_seq > d.global_seq
       ) else 0 end as behind
from read.dead_letters d
where ($1::text is null or d.projection = $1)
  and ($2::boolean is null or (d.resolved_at is null) = $2)
  and d.dead_letter_id between $3 and $4
order by d.dead_letter_id desc
limit $5
