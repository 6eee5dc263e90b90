-- What rights depend on up to a place of the log, in its order: the streams of the types of $2 whole, of
-- the types of $3 those of the people of $4 (null: of everybody), of programs and of groups, and whose
-- account everybody's is; the first $5.
-- A left join: an event that is gone must be an error, not a missing row.
select l.aggregate_type, l.aggregate_id, l.sequence, l.event_type, e.event_version, e.payload
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.global_seq <= $1
  and (
      l.aggregate_type = any($2)
      or l.event_type in ('person.account_linked', 'person.account_unlinked')
      or l.aggregate_type = any($3) and (
          $4::text[] is null
          or l.aggregate_id = any($4)
          or l.aggregate_id = any(array(
              select g.aggregate_id from journal.log g
              where g.aggregate_type in ('access_group', 'service_account') and g.sequence = 1
          ))
      )
  )
order by l.global_seq
limit $5
