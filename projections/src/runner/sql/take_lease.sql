with raised as (
    update read.projections set epoch = epoch + 1 where name = $1 and version = $2
    returning epoch
)
update progress set epoch = raised.epoch from raised
returning progress.applied_through, progress.epoch
