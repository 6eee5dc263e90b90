select global_seq from journal.log
where aggregate_type = $1 and aggregate_id = $2 and sequence = $3
