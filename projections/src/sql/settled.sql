select cursor_xid::text::bigint as transaction, cursor_position as position from journal.sequencer
