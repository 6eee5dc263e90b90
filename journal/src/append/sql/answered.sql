select c.input_hash, c.outcome, c.xid::text::bigint as transaction,
       (select max(e.position) from journal.events e where e.xid = c.xid) as position
from journal.commands c
where c.actor = $1 and c.command_id = $2
