-- These people, and all of whom one of the alternatives is true as far as its `is` and its units say; and how
-- often what they have had been taken from then.
select p.person_id, p.state,
       coalesce((
           select m.version from journal.premises m where m.name = 'person:' || p.person_id
       ), 0) as moved,
       array(
           select m.unit_id from directory_memberships m
           where m.person_id = p.person_id and m.member
       ) as units
from directory_people p
where p.person_id = any($1)
   or exists (
       select from jsonb_array_elements($2) a
       where p.state @> (a -> 'is')
         and not exists (
             select from jsonb_array_elements_text(a -> 'units') u
             where not exists (
                 select from directory_memberships m
                 where m.unit_id = u::uuid and m.person_id = p.person_id and m.member
             )
         )
   )
