update read.rebuilds set digest_before = $2, updated_at = clock_timestamp() where id = $1
