-- Behind the cursor stands whatever comes after this transaction.
update journal.sequencer
set origin = $1, tree_size = $2, frontier = $3, epoch = epoch + 1,
    cursor_xid = pg_current_xact_id(),
    cursor_position = (select max(e.position) from journal.events e)
