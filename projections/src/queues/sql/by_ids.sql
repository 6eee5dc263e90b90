select to_jsonb(q) as stored from queues q where queue_id = any($1) and not removed
