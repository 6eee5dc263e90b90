-- Where the log says that a report with this hash was made; the first time, if it was made again.
select l.global_seq
from journal.log l
join journal.events e using (aggregate_type, aggregate_id, sequence)
where l.event_type = 'compliance_report.generated' and e.payload -> 'generated' ->> 'sha256' = $1
order by l.global_seq
limit 1
