with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), written as (
    insert into comments
    select r.* from stepped, jsonb_populate_recordset(null::comments, $4) r
    on conflict (comment_id) do nothing
), moved as (
    update comments c set ticket_id = m.target
    from stepped, jsonb_to_recordset($5) as m (source uuid, target uuid)
    where c.ticket_id = m.source
)
select applied_through from stepped
