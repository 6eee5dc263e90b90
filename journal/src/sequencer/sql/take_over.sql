update journal.sequencer set epoch = epoch + 1
returning origin, epoch, tree_size, frontier, cursor_xid::text::bigint as cursor_xid, cursor_position
