-- Numbers follow the time of recording, but for what was recorded side by side.
select coalesce(max(l.global_seq), 0) as number from journal.log l where l.recorded_at <= $1
