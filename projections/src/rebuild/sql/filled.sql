with gone as (
    delete from {schema}.progress where slot > 0
)
update {schema}.progress set applied_through = $1 where slot = 0 and epoch = $2
