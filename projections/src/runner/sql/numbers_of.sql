-- In the tokens' order. Null: not settled yet. A token that settled long ago, or that never was an
-- event's, is answered by the end of the log: all that can stand before it is there. So is one of a
-- cluster from which a dump was restored, when the dump was made before the event.
select coalesce(
    (
        select l.global_seq
        from journal.events e
        join journal.log l using (aggregate_type, aggregate_id, sequence)
        where e.xid = token.xid::text::xid8 and e.position = token.position
    ),
    case
        when (s.cursor_xid, s.cursor_position) >= (token.xid::text::xid8, token.position)
        then s.tree_size
        -- Looked up as a value: of an `exists` the server may make a table of all events there are.
        when s.former_xid >= token.xid::text::xid8
         and (
             select e.position from journal.events e
             where e.xid = token.xid::text::xid8 and e.position = token.position
         ) is null
        then s.tree_size
    end
) as number
from unnest($1::bigint[], $2::bigint[]) with ordinality as token (xid, position, place)
cross join journal.sequencer s
order by token.place
