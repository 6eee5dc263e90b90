update journal.sequencer s
set cluster = c.system_identifier,
    cursor_xid = $1::bigint::text::xid8,
    cursor_position = 0,
    former_xid = greatest(
        s.former_xid,
        s.cursor_xid,
        (select e.xid from journal.events e order by e.xid desc limit 1)
    )
from pg_control_system() c
where s.epoch = $2 and s.tree_size = $3
returning s.former_xid::text::bigint as former_xid
