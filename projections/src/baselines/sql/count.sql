-- $1 whether withdrawn ones count, too.
select count(*) as count from baselines b where $1 or b.withdrawn_at is null
