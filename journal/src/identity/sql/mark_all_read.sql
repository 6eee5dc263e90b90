insert into identity.notice_marks_through as known (person_id, read_through, read_at)
values ($1, $2, $3)
on conflict (person_id) do update
set read_through = excluded.read_through, read_at = excluded.read_at
where known.read_through < excluded.read_through
