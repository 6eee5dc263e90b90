-- Written by whoever may write the view, or not at all: a share lock keeps its epoch as it is until
-- this is there.
with held as (
    select slot from progress where applied_through = $1 and epoch = $2 for share
), parked as (
    insert into read.dead_letters
        (projection, version, aggregate_type, aggregate_id, global_seq, error)
    select $3, $4, $5, $6, $7, $8 from held
    on conflict (projection, aggregate_type, aggregate_id) where resolved_at is null do nothing
)
select slot from held
