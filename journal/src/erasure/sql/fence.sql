-- A number of its own: a snapshot's upper end is below those that were given but have not ended.
select pg_current_xact_id()::text as fence
