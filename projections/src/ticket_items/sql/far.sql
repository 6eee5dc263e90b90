-- How far items and classes are shown. What none of them is made from is passed without being written
-- down at once, so beyond that the log is looked at: up to $1, nothing may be missing.
with far as (
    select least(
        (select min(applied_through) from view_cis.progress),
        (select min(applied_through) from view_ci_classes.progress)
    ) as number
)
select case when not exists (
    select from journal.log l
    where l.global_seq > far.number and l.global_seq <= $1
      and (
          l.aggregate_type = 'ci' and not exists (
              select from view_cis.cis c
              where c.ci_id = l.aggregate_id::uuid and c.since_seq = l.global_seq
          )
          or l.aggregate_type = 'ci_class' and not exists (
              select from view_ci_classes.ci_classes c
              where c.class_id = l.aggregate_id::uuid and c.since_seq = l.global_seq
          )
      )
) then greatest(far.number, $1) else far.number end as number
from far
