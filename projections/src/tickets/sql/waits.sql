-- Whether an event waits that may say of some ticket who sees it.
select exists (
    select from read.dead_letters d
    where d.resolved_at is null and d.projection in ('tickets', 'watchers')
)
