//! Every cell of the helpdesk table (B1 and the life cycle's rights): state × who × verb, and that a
//! ticket offers exactly what works.
//!
//! `+` is done, `=` was so already and changes nothing; anything else is refused: `H` somebody else
//! holds it, and is named; `h` likewise, but clients do not see whom; `N` only its holder may; `W` not in this state; `O` heads and directors
//! only, in this state; `P` too late to reopen; `F` seen, but not allowed; `-` as if it did not exist.
//!
//! While no dispatch unit is named, whoever works in a unit places what waits in dispatch (`new`).

use futures_util::{StreamExt, stream};
use serde_json::{Value, json};
use testbed::World;

use super::desk::Desk;
use super::stage::{Cast, Stage};

/// How many tickets are played at once.
const AT_ONCE: usize = 12;

const DESK: &str = "Service Desk";
const INFRASTRUCTURE: &str = "Infrastructure";

/// Who stands how to the tickets of a block.
const CASTS: [(&str, Cast); 17] = [
    ("agent, its author", cast("agent1", "agent1", INFRASTRUCTURE, &[], "agent3")),
    ("agent, of its unit, which has it as a whole", cast("agent1", "client1", DESK, &[], "agent2")),
    ("agent, named by it", cast("agent1", "client1", DESK, &["agent1"], "head1")),
    (
        "agent, of its unit, where a colleague has it",
        cast("agent1", "client1", DESK, &["agent2"], "agent2"),
    ),
    ("agent, outside", cast("agent3", "client1", DESK, &[], "agent1")),
    ("head of its unit", cast("head1", "client1", DESK, &[], "agent1")),
    (
        "head of its unit, where somebody has it",
        cast("head1", "client1", DESK, &["agent2"], "agent2"),
    ),
    ("head of another unit", cast("head2", "client1", DESK, &[], "agent1")),
    ("head of its author's unit", cast("head2", "agent3", DESK, &[], "agent1")),
    ("director", cast("director", "client1", DESK, &["agent1"], "agent1")),
    ("client, their own", cast("client1", "client1", DESK, &[], "agent1")),
    ("client, another's", cast("client1", "client2", DESK, &[], "agent1")),
    ("lead, their own", cast("lead", "lead", DESK, &[], "agent1")),
    ("lead, their group's", cast("lead", "client1", DESK, &[], "agent1")),
    ("lead, no client's of theirs", cast("lead", "agent2", DESK, &[], "agent1")),
    ("administrator", cast("admin", "client1", DESK, &[], "agent1")),
    ("auditor", cast("auditor", "client1", DESK, &[], "agent1")),
];

const TABLE: &str = "
                     assign start stop pend resume resolve reopen close cancel reply note
    agent, its author
    new                 +     +    W    +     W       W      W     W      +     +    +
    free                +     +    W    +     W       W      W     W      +     +    +
    held-by-me          +     =    +    +     W       +      W     W      +     +    +
    held-by-other       H     H    N    H     W       N      W     W      H     +    +
    pending             +     W    W    W     +       W      W     W      +     +    +
    resolved-by-me      O     W    W    W     W       W      +     +      W     +    +
    resolved-by-other   O     W    W    W     W       W      +     +      W     +    +
    closed              W     W    W    W     W       W      P     =      W     +    +
    cancelled           W     W    W    W     W       W      W     W      =     +    +

    agent, of its unit, which has it as a whole
    free                +     +    W    +     W       W      F     F      F     +    +
    held-by-me          +     =    +    +     W       +      W     F      +     +    +
    held-by-other       H     H    N    H     W       N      F     F      F     +    +
    pending             +     W    W    W     +       W      F     F      F     +    +
    resolved-by-me      O     W    W    W     W       W      +     F      F     +    +
    resolved-by-other   O     W    W    W     W       W      F     F      F     +    +
    closed              W     W    W    W     W       W      F     F      F     +    +
    cancelled           W     W    W    W     W       W      F     F      F     +    +

    agent, named by it
    free                +     +    W    +     W       W      F     F      F     +    +
    held-by-me          +     =    +    +     W       +      W     F      +     +    +
    held-by-other       H     H    N    H     W       N      F     F      F     +    +
    pending             +     W    W    W     +       W      F     F      F     +    +
    resolved-by-me      O     W    W    W     W       W      +     F      F     +    +
    resolved-by-other   O     W    W    W     W       W      F     F      F     +    +
    closed              W     W    W    W     W       W      F     F      F     +    +
    cancelled           W     W    W    W     W       W      F     F      F     +    +

    agent, of its unit, where a colleague has it
    free                F     F    F    +     W       F      F     F      F     +    +
    held-by-other       F     F    F    H     W       F      F     F      F     +    +
    pending             F     F    F    W     +       F      F     F      F     +    +
    resolved-by-other   F     F    F    W     W       F      F     F      F     +    +
    closed              F     F    F    W     W       F      F     F      F     +    +
    cancelled           F     F    F    W     W       F      F     F      F     +    +

    agent, outside
    new                 +     +    W    +     W       W      F     F      F     +    +
    free                -     -    -    -     -       -      -     -      -     -    -
    held-by-other       -     -    -    -     -       -      -     -      -     -    -
    pending             -     -    -    -     -       -      -     -      -     -    -
    resolved-by-other   -     -    -    -     -       -      -     -      -     -    -
    closed              -     -    -    -     -       -      -     -      -     -    -

    head of its unit
    free                +     +    W    +     W       W      W     W      +     +    +
    held-by-me          +     =    +    +     W       +      W     W      +     +    +
    held-by-other       H     H    +    +     W       N      W     W      +     +    +
    pending             +     W    W    W     +       W      W     W      +     +    +
    resolved-by-me      +     W    W    W     W       W      +     +      W     +    +
    resolved-by-other   +     W    W    W     W       W      +     +      W     +    +
    closed              W     W    W    W     W       W      P     =      W     +    +
    cancelled           W     W    W    W     W       W      W     W      =     +    +

    head of its unit, where somebody has it
    free                +     +    W    +     W       W      W     W      +     +    +
    held-by-me          +     =    +    +     W       +      W     W      +     +    +
    held-by-other       H     H    +    +     W       N      W     W      +     +    +
    resolved-by-me      +     W    W    W     W       W      +     +      W     +    +
    resolved-by-other   +     W    W    W     W       W      +     +      W     +    +
    closed              W     W    W    W     W       W      P     =      W     +    +

    head of another unit
    new                 +     +    W    +     W       W      F     F      F     +    +
    free                -     -    -    -     -       -      -     -      -     -    -
    held-by-other       -     -    -    -     -       -      -     -      -     -    -
    resolved-by-other   -     -    -    -     -       -      -     -      -     -    -
    closed              -     -    -    -     -       -      -     -      -     -    -

    head of its author's unit
    new                 +     +    W    +     W       W      F     F      F     +    +
    free                F     F    F    F     F       F      F     F      F     +    +
    held-by-other       F     F    F    F     F       F      F     F      F     +    +
    resolved-by-other   F     F    F    F     F       F      F     F      F     +    +
    closed              F     F    F    F     F       F      F     F      F     +    +

    director
    new                 +     +    W    +     W       W      W     W      +     +    +
    free                +     +    W    +     W       W      W     W      +     +    +
    held-by-me          +     =    +    +     W       +      W     W      +     +    +
    held-by-other       H     H    +    +     W       N      W     W      +     +    +
    pending             +     W    W    W     +       W      W     W      +     +    +
    resolved-by-me      +     W    W    W     W       W      +     +      W     +    +
    resolved-by-other   +     W    W    W     W       W      +     +      W     +    +
    closed              W     W    W    W     W       W      P     =      W     +    +
    cancelled           W     W    W    W     W       W      W     W      =     +    +

    client, their own
    new                 F     F    F    F     F       F      W     W      +     +    F
    free                F     F    F    F     F       F      W     W      +     +    F
    held-by-other       F     F    F    F     F       F      W     W      h     +    F
    pending             F     F    F    F     F       F      W     W      +     +    F
    resolved-by-other   F     F    F    F     F       F      +     +      W     +    F
    closed              F     F    F    F     F       F      P     =      W     +    F
    cancelled           F     F    F    F     F       F      W     W      =     +    F

    client, another's
    new                 -     -    -    -     -       -      -     -      -     -    -
    free                -     -    -    -     -       -      -     -      -     -    -
    held-by-other       -     -    -    -     -       -      -     -      -     -    -
    resolved-by-other   -     -    -    -     -       -      -     -      -     -    -
    closed              -     -    -    -     -       -      -     -      -     -    -

    lead, their own
    free                F     F    F    F     F       F      W     W      +     +    F
    resolved-by-other   F     F    F    F     F       F      +     +      W     +    F

    lead, their group's
    new                 F     F    F    F     F       F      W     W      +     +    F
    free                F     F    F    F     F       F      W     W      +     +    F
    held-by-other       F     F    F    F     F       F      W     W      h     +    F
    pending             F     F    F    F     F       F      W     W      +     +    F
    resolved-by-other   F     F    F    F     F       F      +     +      W     +    F
    closed              F     F    F    F     F       F      P     =      W     +    F

    lead, no client's of theirs
    new                 -     -    -    -     -       -      -     -      -     -    -
    free                -     -    -    -     -       -      -     -      -     -    -
    held-by-other       -     -    -    -     -       -      -     -      -     -    -
    resolved-by-other   -     -    -    -     -       -      -     -      -     -    -
    closed              -     -    -    -     -       -      -     -      -     -    -

    administrator
    new                 +     +    W    +     W       W      F     F      F     +    +
    free                F     F    F    F     F       F      F     F      F     +    +
    held-by-other       F     F    F    F     F       F      F     F      F     +    +
    pending             F     F    F    F     F       F      F     F      F     +    +
    resolved-by-other   F     F    F    F     F       F      F     F      F     +    +
    closed              F     F    F    F     F       F      F     F      F     +    +

    auditor
    new                 F     F    F    F     F       F      F     F      F     F    F
    free                F     F    F    F     F       F      F     F      F     F    F
    held-by-other       F     F    F    F     F       F      F     F      F     F    F
    pending             F     F    F    F     F       F      F     F      F     F    F
    resolved-by-other   F     F    F    F     F       F      F     F      F     F    F
    closed              F     F    F    F     F       F      F     F      F     F    F
";

const fn cast(
    actor: &'static str,
    author: &'static str,
    unit: &'static str,
    named: &'static [&'static str],
    other: &'static str,
) -> Cast {
    Cast { actor, author, unit, named, other }
}

/// A verb: its column, its action, its mutation.
const VERBS: [(&str, &str, &str); 11] = [
    ("assign", "ASSIGN", "ticketAssign"),
    ("start", "START_WORK", "ticketStartWork"),
    ("stop", "STOP_WORK", "ticketStopWork"),
    ("pend", "PEND", "ticketPend"),
    ("resume", "RESUME", "ticketResume"),
    ("resolve", "RESOLVE", "ticketResolve"),
    ("reopen", "REOPEN", "ticketReopen"),
    ("close", "CLOSE", "ticketClose"),
    ("cancel", "CANCEL", "ticketCancel"),
    ("reply", "REPLY", "ticketComment"),
    ("note", "NOTE", "ticketComment"),
];

/// What the table has no column for, but a ticket offers: as good as offered.
const BESIDES: [(&str, &str); 6] = [
    ("CLASSIFY", "ticketClassify"),
    ("PRIORITIZE", "ticketPrioritize"),
    ("APPLY_PLAN", "slaPlanApply"),
    ("ESCALATE", "ticketEscalate"),
    ("TAG", "ticketTag"),
    ("WATCH", "ticketWatch"),
];

/// A row of the table: a block, a state, and an outcome for each verb.
struct Row {
    who: &'static str,
    cast: Cast,
    state: &'static str,
    outcomes: Vec<&'static str>,
}

fn table() -> Vec<Row> {
    let mut lines = TABLE.lines().map(str::trim).filter(|line| !line.is_empty());
    let columns: Vec<&str> = lines.next().unwrap().split_whitespace().collect();
    assert_eq!(columns, VERBS.map(|(column, ..)| column));
    let mut block = None;
    let mut rows = Vec::new();
    for line in lines {
        if let Some(found) = CASTS.iter().find(|(who, _)| *who == line) {
            block = Some(*found);
            continue;
        }
        let (who, cast) = block.unwrap();
        let (state, outcomes) = line.split_once(' ').unwrap_or_else(|| panic!("who is {line}?"));
        let outcomes: Vec<&str> = outcomes.split_whitespace().collect();
        assert_eq!(outcomes.len(), VERBS.len(), "{who}, {state}");
        rows.push(Row { who, cast, state, outcomes });
    }
    rows
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn b1_every_cell_is_as_agreed_and_offered_exactly_if_it_works() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    let rows = table();
    let wrong: Vec<String> = stream::iter(&rows)
        .map(|row| play(&desk, row))
        .buffer_unordered(AT_ONCE)
        .flat_map(stream::iter)
        .collect()
        .await;
    assert!(wrong.is_empty(), "{} cells differ:\n{}", wrong.len(), wrong.join("\n"));
}

/// Plays a row; what was not as agreed.
async fn play(desk: &Desk, row: &Row) -> Vec<String> {
    let stage = Stage::named(row.state);
    let mut wrong = Vec::new();
    let mut id = stage.ticket(desk, &row.cast).await;
    let offered = offered(desk, row.cast.actor, &id).await;
    for ((verb, action, name), expected) in VERBS.iter().zip(&row.outcomes) {
        let cell = format!("{}, {}, {verb}", row.who, row.state);
        let input = input(desk, verb, &id);
        let outcome = outcome(desk, &row.cast, (name, &id, input)).await;
        if outcome != *expected {
            wrong.push(format!("{cell}: {outcome} instead of {expected}"));
        }
        if offered.contains(&json!(action)) != (outcome == "+") {
            wrong.push(format!("{cell}: {outcome}, but offered are {offered:?}"));
        }
        if outcome == "+" && *name != "ticketComment" {
            id = stage.ticket(desk, &row.cast).await;
        }
    }
    for (action, name) in BESIDES {
        let input = input(desk, action, &id);
        let outcome = outcome(desk, &row.cast, (name, &id, input)).await;
        if offered.contains(&json!(action)) != (outcome == "+") {
            let (who, state) = (row.who, row.state);
            wrong.push(format!("{who}, {state}, {action}: {outcome}, but offered are {offered:?}"));
        }
    }
    wrong
}

/// What the ticket offers its reader; nothing when it is not seen.
async fn offered(desk: &Desk, login: &str, id: &Value) -> Vec<Value> {
    let query = "query($id: ID!) { ticket(id: $id) { allowedActions } }";
    let data = desk.of_login(login).data(query, json!({"id": id})).await;
    data["ticket"]["allowedActions"].as_array().cloned().unwrap_or_default()
}

/// An input of the verb that would change any ticket it may touch.
fn input(desk: &Desk, verb: &str, id: &Value) -> Value {
    match verb {
        "assign" => json!({"ticketId": id, "unitId": desk.unit("IT Services")}),
        "pend" => json!({"ticketId": id, "pendingReason": "VENDOR"}),
        "resolve" => json!({"ticketId": id, "code": "WORKAROUND", "solution": "Restarted."}),
        "reply" => json!({"ticketId": id, "body": "And now?"}),
        "note" => json!({"ticketId": id, "body": "Between us.", "internal": true}),
        "CLASSIFY" => json!({"ticketId": id, "kind": "SERVICE_REQUEST"}),
        "PRIORITIZE" => json!({"ticketId": id, "priority": "CRITICAL", "reason": "it burns"}),
        "APPLY_PLAN" => json!({"ticketId": id, "planId": desk.plan()}),
        "ESCALATE" => json!({"ticketId": id, "tier": 2, "reason": "too hard"}),
        "TAG" => json!({"ticketId": id, "tag": "seen"}),
        _ => json!({"ticketId": id}),
    }
}

/// Does it, and says what came of it in the letters of the table.
async fn outcome(
    desk: &Desk,
    cast: &Cast,
    (name, id, input): (&str, &Value, Value),
) -> &'static str {
    let before = trace(desk, id).await;
    let payload = desk.mutate(cast.actor, name, input).await;
    let after = trace(desk, id).await;
    let Some(error) = payload["userErrors"].get(0) else {
        return if before == after { "=" } else { "+" };
    };
    assert_eq!(before, after, "a refusal changes nothing: {payload}");
    match error["code"].as_str().unwrap() {
        "TICKET_HELD" if error["meta"].is_null() => "h",
        "TICKET_HELD" => {
            assert_eq!(error["meta"]["holderName"], desk.name(cast.other), "{payload}");
            assert_eq!(error["meta"]["holderId"], desk.id(cast.other), "{payload}");
            "H"
        }
        "TICKET_NOT_HELD_BY_ACTOR" => "N",
        "TICKET_WRONG_STATE" | "DOSSIER_TICKET_OVER" => "W",
        "TICKET_HEADS_ONLY" => "O",
        "TICKET_REOPEN_WINDOW_PASSED" => "P",
        "FORBIDDEN" => "F",
        "TICKET_NOT_FOUND" | "CONVERSATION_NOT_FOUND" | "DOSSIER_NOT_FOUND" => "-",
        other => panic!("{other}: {payload}"),
    }
}

/// What changes when anything of the ticket does.
async fn trace(desk: &Desk, id: &Value) -> Value {
    let query = "query($id: ID!) { ticket(id: $id) {
        version tags watchers { id } conversation { totalCount } } }";
    desk.of_login("auditor").data(query, json!({"id": id})).await["ticket"].clone()
}
