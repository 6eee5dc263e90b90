insert into directory_members
select (r ->> 'group_id')::uuid, r ->> 'member', (r ->> 'is_member')::boolean
from jsonb_array_elements({rows}) r
on conflict (group_id, member) do update set is_member = excluded.is_member
