select distinct o.global_seq from outbox o where o.recipient_id = $1 and o.global_seq = any($2)
