-- Whoever has something by this rule.
select distinct h.subject_id
from directory_holdings h
where h.state ->> 'rule' = $1 and h.state ->> 'state' = 'ACTIVE'
