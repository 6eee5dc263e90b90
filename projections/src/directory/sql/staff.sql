-- Those who belong to a unit, active or not.
select person_id from directory_memberships where unit_id = $1 and member
