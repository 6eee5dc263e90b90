-- To the minute: a program that speaks all the time does not write all the time.
update identity.service_tokens set last_used_at = $2
where token_id = $1 and (last_used_at is null or last_used_at <= $2::timestamptz - interval '1 minute')
