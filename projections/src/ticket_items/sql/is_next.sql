select exists (select 1 from progress where applied_through = $1 and epoch = $2) as is_next
