insert into directory_units
select r.* from jsonb_populate_recordset(null::directory_units, {rows}) r
on conflict (unit_id) do nothing
