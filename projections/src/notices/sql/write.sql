with stepped as (
    update progress set applied_through = $2 where applied_through = $1 and epoch = $3
    returning applied_through
), told as (
    insert into outbox
    select r.* from stepped, jsonb_populate_recordset(null::outbox, $4) r
), people as (
    insert into notice_people
    select r.* from stepped, jsonb_populate_recordset(null::notice_people, $5) r
    on conflict (person_id) do update set
        kind = excluded.kind,
        role = excluded.role,
        life = excluded.life
), units as (
    insert into notice_units
    select r.* from stepped, jsonb_populate_recordset(null::notice_units, $6) r
    on conflict (unit_id) do update set
        parent_id = excluded.parent_id,
        people = excluded.people,
        heads = excluded.heads
), tickets as (
    insert into notice_tickets
    select r.* from stepped, jsonb_populate_recordset(null::notice_tickets, $7) r
    on conflict (ticket_id) do update set
        author_id = excluded.author_id,
        requester_id = excluded.requester_id,
        unit_id = excluded.unit_id,
        assignee_ids = excluded.assignee_ids,
        holder_id = excluded.holder_id,
        last_holder_id = excluded.last_holder_id,
        commenter_ids = excluded.commenter_ids,
        last_commenter_id = excluded.last_commenter_id,
        watcher_ids = excluded.watcher_ids
), requests as (
    insert into notice_requests
    select r.* from stepped, jsonb_populate_recordset(null::notice_requests, $8) r
    on conflict (request_id) do update set
        asker_id = excluded.asker_id,
        told = excluded.told
), forgotten as (
    delete from notice_requests n
    using stepped, jsonb_populate_recordset(null::notice_requests, $9) r
    where n.request_id = r.request_id
), settings as (
    insert into notice_settings
    select r.* from stepped, jsonb_populate_recordset(null::notice_settings, $10) r
    on conflict (stream_id) do update set
        dispatch_unit_id = excluded.dispatch_unit_id,
        to_assignees = excluded.to_assignees
)
select applied_through from stepped
