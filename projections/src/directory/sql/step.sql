update progress set applied_through = $2 where applied_through = $1 and epoch = $3
returning applied_through
