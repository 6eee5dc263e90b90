select '{}'::bigint[]
