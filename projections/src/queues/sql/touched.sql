select queue_id as key, to_jsonb(q) as stored from queues q where queue_id = any($1)
