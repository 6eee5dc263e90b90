delete from progress where applied_through = $1 and epoch = any($2)
