-- Null: as it was.
insert into directory_memberships
select (r ->> 'unit_id')::uuid, (r ->> 'person_id')::uuid,
       coalesce((r ->> 'member')::boolean, true), coalesce((r ->> 'is_head')::boolean, false)
from jsonb_array_elements({rows}) r
on conflict (unit_id, person_id) do update set
    (member, is_head) = (
        select coalesce((r ->> 'member')::boolean, directory_memberships.member),
               coalesce((r ->> 'is_head')::boolean, directory_memberships.is_head)
        from jsonb_array_elements({rows}) r
        where (r ->> 'unit_id')::uuid = directory_memberships.unit_id
          and (r ->> 'person_id')::uuid = directory_memberships.person_id
    )
