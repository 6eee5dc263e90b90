with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into ticket_texts
    select r.* from stepped, jsonb_populate_recordset(null::ticket_texts, $4) r
    on conflict (ticket_id) do update set
        public_text = excluded.public_text,
        internal_text = excluded.internal_text
    where ticket_texts is distinct from excluded
)
select applied_through from stepped
