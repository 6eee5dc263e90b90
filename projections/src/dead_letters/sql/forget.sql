delete from {table} where {stream} = $1
