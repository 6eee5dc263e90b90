-- Null: not settled yet. A token that settled long ago, or that never was an event's, is answered
-- by the end of the log: all that can stand before it is there. So is one of a cluster from which a
-- dump was restored, when the dump was made before the event.
select coalesce(
    (
        select l.global_seq
        from journal.events e
        join journal.log l using (aggregate_type, aggregate_id, sequence)
        where e.xid = $1::bigint::text::xid8 and e.position = $2
    ),
    case
        when (s.cursor_xid, s.cursor_position) >= ($1::bigint::text::xid8, $2)
          or s.former_xid >= $1::bigint::text::xid8
         and not exists (
             select from journal.events e
             where e.xid = $1::bigint::text::xid8 and e.position = $2
         )
        then s.tree_size
    end
) as number
from journal.sequencer s
