insert into directory_subjects
select r.* from jsonb_populate_recordset(null::directory_subjects, {rows}) r
on conflict (subject_id) do nothing
