-- Of two with the same token the second waits for the lock, and then finds another hash.
with used as (
    select s.session_id, s.person_id, s.refresh_hash, s.expires_at, c.must_change
    from identity.sessions s
    join identity.credentials c using (person_id)
    where s.refresh_hash = $1 and s.expires_at > $3
    for update of s
), rotated as (
    update identity.sessions s
    set refresh_hash = $2, last_used_at = $3, expires_at = $4
    from used
    where s.session_id = used.session_id
), remembered as (
    insert into identity.used_refresh_tokens (refresh_hash, session_id, expires_at)
    select refresh_hash, session_id, expires_at from used
), forgotten as (
    delete from identity.used_refresh_tokens t
    using used
    where t.session_id = used.session_id and t.expires_at <= $3
)
select session_id, person_id, must_change from used
