-- No two slots have the same epoch, and none one that any had before.
with raised as (
    update read.projections set epoch = epoch + (select count(*) from progress)
    where name = $1 and version = $2
    returning epoch
), slots as (
    update progress set epoch = raised.epoch - progress.slot from raised
    returning progress.slot, progress.applied_through, progress.epoch
)
select slot, applied_through, epoch from slots order by slot
