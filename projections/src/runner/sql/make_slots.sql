insert into progress (slot, applied_through, epoch)
select slot, $1, 0 from generate_series(0, $2::smallint - 1) as slot
