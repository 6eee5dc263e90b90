update journal.sequencer s
set epoch = s.epoch + 1, cluster = coalesce(s.cluster, c.system_identifier)
from pg_control_system() c
returning s.origin, s.epoch, s.tree_size, s.frontier,
          s.cursor_xid::text::bigint as cursor_xid, s.cursor_position,
          s.former_xid::text::bigint as former_xid, s.cluster <> c.system_identifier as elsewhere
