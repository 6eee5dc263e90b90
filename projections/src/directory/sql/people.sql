insert into directory_people
select r.* from jsonb_populate_recordset(null::directory_people, {rows}) r
on conflict (person_id) do nothing
