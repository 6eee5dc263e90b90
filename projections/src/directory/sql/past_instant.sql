-- When the event of this number was recorded; null before the first one.
select max(l.recorded_at) as recorded_at from journal.log l where l.global_seq = $1
