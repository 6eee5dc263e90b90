select count(*) as count from outbox o where o.recipient_id = $1
