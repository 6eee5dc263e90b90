-- The same again leads forward.
update read.rebuilds r set
    state = case when r.state = 'DONE' then 'ROLLED_BACK' else 'DONE' end,
    updated_at = clock_timestamp()
where r.id = (
    select d.id from read.rebuilds d
    where d.projection = $1 and d.state in ('DONE', 'ROLLED_BACK')
    order by d.finished_at desc
    limit 1
)
