-- A left join, as in log_page.sql.
select l.global_seq, l.aggregate_type, l.aggregate_id, l.sequence, l.event_type,
       e.event_version, e.payload::text as payload, e.metadata::text as metadata, e.recorded_at
from journal.log l
left join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.aggregate_type = any ($1::text[]) and l.aggregate_id = $2
  and l.global_seq > $3 and l.global_seq <= $4
order by l.global_seq
