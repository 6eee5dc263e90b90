delete from identity.decisions
where decision_id in (select decision_id from identity.decisions where last_at < $1 order by decided_at limit $2)
