select count(*) from identity.decisions
where ($1::text is null or actor = $1)
  and ($2::text is null or action = $2)
  and ($3::boolean is null or allowed = $3)
  and ($4::timestamptz is null or decided_at >= $4)
  and ($5::timestamptz is null or decided_at < $5)
  and ($6::text is null or asked_by = $6)
