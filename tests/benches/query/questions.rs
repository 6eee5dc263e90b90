//! What is asked: a list for each kind of reader, with the raw SQL of the same rows, and a ticket's
//! page.

/// A list, as somebody asks for it.
#[derive(Debug)]
pub(super) struct Question {
    /// For the report.
    pub(super) name: &'static str,
    /// Who asks.
    pub(super) login: &'static str,
    /// What they ask.
    pub(super) query: &'static str,
    /// The list's name in the answer.
    pub(super) field: &'static str,
    /// Its rows by hand, for pgbench, as somebody would write it who knows the indexes and whose rows
    /// these are, read whole; `:me` and `:unit` are literals.
    pub(super) raw: &'static str,
}

/// A ticket's page: everything a person sees of it at once.
pub(super) const TICKET_PAGE: (&str, &str) = (
    "ticket page with timeline and conversation",
    "query($id: ID!) { ticket(id: $id) { id number title description state priority createdAt \
     unit { name } requester { name } holder { name } assignees { name } \
     timeline(first: 50) { nodes { eventType occurredAt actor { person { name } } } } \
     conversation(first: 50) { nodes { body createdAt author { name } } } } }",
);

/// What a list shows of a ticket.
macro_rules! columns {
    () => {
        "id number title state priority createdAt unit { name } holder { name } requester { name }"
    };
}

/// What it shows of the clocks.
macro_rules! clocks {
    () => {
        " slaPlan { name } dueAt breachAt sla { \
         reaction { state remainingPercent dueAt met } \
         work { state usedSeconds } \
         deadline { state usedSeconds remainingPercent dueAt breachedAt met } }"
    };
}

/// The questions, by their place, that are asked again ten thousand pages further.
pub(super) const TURNED: [usize; 2] = [0, 5];

/// The director's list first: it is the longest.
pub(super) const QUESTIONS: [Question; 9] = [
    Question {
        name: "director: all tickets, newest first",
        login: "director",
        query: "query($after: Cursor) { tickets(first: 50, after: $after) { pageInfo { endCursor hasNextPage } \
                nodes { id number title state priority createdAt unit { name } holder { name } requester { name } } } }",
        field: "tickets",
        raw: "select t.* from view_tickets.tickets t \
              order by t.created_at desc, t.ticket_id desc limit 51;",
    },
    Question {
        name: "agent: my units' open tickets",
        login: "agent1",
        query: "query($after: Cursor) { queueTickets(key: \"UNIT_OPEN\", first: 50, after: $after) { pageInfo { endCursor } \
                nodes { id number title state priority createdAt unit { name } holder { name } requester { name } } } }",
        field: "queueTickets",
        raw: "select t.* from view_tickets.tickets t \
              where t.unit_id = ':unit' and t.open_rank = 0 and t.over_rank = 0 \
              order by t.open_rank, coalesce(t.breach_at, 'infinity'), t.priority, t.created_at, \
                  t.ticket_id limit 51;",
    },
    Question {
        name: "agent: all I have to do with, newest first",
        login: "agent1",
        query: "query($after: Cursor) { tickets(first: 50, after: $after) { pageInfo { endCursor hasNextPage } \
                nodes { id number title state priority createdAt unit { name } holder { name } requester { name } } } }",
        field: "tickets",
        raw: "select t.* from view_tickets.tickets t \
              where t.unit_id = ':unit' or t.author_id = ':me' or t.requester_id = ':me' \
                  or t.holder_id = ':me' or t.last_holder_id = ':me' \
                  or t.assignee_ids @> array[':me'::uuid] \
                  or t.ticket_id = any(array(select w.ticket_id from view_watchers.watchers w \
                                             where w.watcher_ids @> array[':me'::uuid])) \
                  or (t.unit_id is null and t.assignee_ids = '{}') \
              order by t.created_at desc, t.ticket_id desc limit 51;",
    },
    Question {
        name: "head: what came in",
        login: "head1",
        query: "query($after: Cursor) { queueTickets(key: \"INCOMING\", first: 50, after: $after) { pageInfo { endCursor } \
                nodes { id number title state priority createdAt unit { name } holder { name } requester { name } } } }",
        field: "queueTickets",
        raw: "select t.* from view_tickets.tickets t \
              where t.unit_id = ':unit' and t.over_rank = 0 \
              order by t.open_rank, t.priority, t.created_at desc, t.ticket_id desc limit 51;",
    },
    Question {
        name: "client: reported by me",
        login: "client1",
        query: "query($after: Cursor) { queueTickets(key: \"REPORTED_BY_ME\", first: 50, after: $after) { pageInfo { endCursor } \
                nodes { id number title state priority createdAt requester { name } } } }",
        field: "queueTickets",
        raw: "select t.* from view_tickets.tickets t \
              where t.author_id = ':me' \
              order by t.open_rank, coalesce(t.breach_at, 'infinity'), t.priority, t.created_at, \
                  t.ticket_id limit 51;",
    },
    Question {
        name: "director: all tickets with SLA columns, newest first",
        login: "director",
        query: concat!(
            "query($after: Cursor) { tickets(first: 50, after: $after) { \
             pageInfo { endCursor hasNextPage } nodes { ",
            columns!(),
            clocks!(),
            " } } }"
        ),
        field: "tickets",
        raw: "select t.* from view_tickets.tickets t \
              order by t.created_at desc, t.ticket_id desc limit 51;",
    },
    Question {
        name: "agent: my units' open tickets with SLA columns",
        login: "agent1",
        query: concat!(
            "query($after: Cursor) { queueTickets(key: \"UNIT_OPEN\", first: 50, after: $after) { \
             pageInfo { endCursor } nodes { ",
            columns!(),
            clocks!(),
            " } } }"
        ),
        field: "queueTickets",
        raw: "select t.* from view_tickets.tickets t \
              where t.unit_id = ':unit' and t.open_rank = 0 and t.over_rank = 0 \
              order by t.open_rank, coalesce(t.breach_at, 'infinity'), t.priority, t.created_at, \
                  t.ticket_id limit 51;",
    },
    Question {
        name: "head: breached, with SLA columns",
        login: "head1",
        query: concat!(
            "query($after: Cursor) { queueTickets(key: \"BREACHED\", first: 50, after: $after) { \
             pageInfo { endCursor } nodes { ",
            columns!(),
            clocks!(),
            " } } }"
        ),
        field: "queueTickets",
        raw: "select t.* from view_tickets.tickets t \
              where (t.unit_id = ':unit' or t.author_id = ':me' or t.requester_id = ':me' \
                      or t.holder_id = ':me' or t.last_holder_id = ':me' \
                      or t.assignee_ids @> array[':me'::uuid]) is true \
                  and t.open_rank = 0 and coalesce(t.breach_at, 'infinity') <= now() \
              order by t.open_rank, coalesce(t.breach_at, 'infinity'), t.priority, t.created_at, \
                  t.ticket_id limit 51;",
    },
    Question {
        name: "director: open ones by the nearest due, with SLA columns",
        login: "director",
        query: concat!(
            "query($after: Cursor) { tickets(first: 50, after: $after, \
             where: { state: { in: [NEW, ASSIGNED, IN_PROGRESS, PENDING] } }, \
             orderBy: [{ field: DUE_AT }]) { pageInfo { endCursor } nodes { ",
            columns!(),
            clocks!(),
            " } } }"
        ),
        field: "tickets",
        raw: "select t.* from view_tickets.tickets t where t.open_rank = 0 \
              order by coalesce(t.due_at, 'infinity'), t.ticket_id limit 51;",
    },
];
