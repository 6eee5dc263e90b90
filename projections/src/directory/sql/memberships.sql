insert into directory_memberships
select r.* from jsonb_populate_recordset(null::directory_memberships, {rows}) r
on conflict (unit_id, person_id) do update set is_head = true
where excluded.is_head and not directory_memberships.is_head
