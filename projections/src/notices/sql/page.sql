-- $2: only what has no mark of its own and is behind the mark for all.
select to_jsonb(o) || jsonb_build_object('read_at', coalesce(m.read_at, t.read_at)) as stored
from outbox o
left join identity.notice_marks m
    on m.person_id = o.recipient_id and m.global_seq = o.global_seq
left join identity.notice_marks_through t
    on t.person_id = o.recipient_id and t.read_through >= o.global_seq
where o.recipient_id = $1
  and (not $2 or coalesce(m.read_at, t.read_at) is null)
  and ($3::bigint is null or o.global_seq < $3)
order by o.global_seq desc
limit $4
