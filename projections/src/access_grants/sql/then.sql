-- Grants as they were behind the event $1: each by its last change up to there.
select a.grant_id, a.subject_id, a.subject, a.role_id, a.entry, a.scope, a.begins_at,
       c.ends_at, c.shortened, c.moved_at, a.source, c.request_id, a.template_id, a.rule_id,
       a.pattern_version, a.delegated_by, a.pierces,
       case when a.ended_seq <= $1 then a.state else 'ACTIVE' end as state,
       a.made_at, a.made_by, a.made_reason, a.made_seq,
       case when a.ended_seq <= $1 then a.ended_at end as ended_at,
       case when a.ended_seq <= $1 then a.ended_by end as ended_by,
       case when a.ended_seq <= $1 then a.ended_reason end as ended_reason,
       case when a.ended_seq <= $1 then a.ended_seq end as ended_seq
from access_grants a
cross join lateral (
    select h.ends_at, h.shortened, h.moved_at, h.request_id
    from access_changes h
    where h.grant_id = a.grant_id and h.subject_id = a.subject_id and h.global_seq <= $1
    order by h.global_seq desc, h.part desc
    limit 1
) c
where a.made_seq <= $1
