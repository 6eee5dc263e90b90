//! What must be so after all of it.

use futures_util::future::join_all;
use journal::merkle::Frontier;
use serde_json::json;
use sqlx::{PgConnection, Row};

use super::follower::Follower;
use super::ledger::Acknowledged;
use super::load::{Insistent, Load};
use super::nodes::{Nodes, eventually};

/// Everything that events of tickets are told of.
const TOLD: &str = "
    select global_seq from journal.log
    where global_seq > $1 and aggregate_type in ('ticket', 'ticket_dossier', 'conversation')
    order by global_seq";

/// The notices of this person, in the order they are told.
const NOTICES: &str = "
    select o.global_seq from view_notices.outbox o
    join view_people.people p on p.person_id = o.recipient_id
    where p.login = $2 and o.global_seq > $1 order by o.global_seq";

/// What no statement may find, and what it would mean.
const NEVER: [(&str, &str); 5] = [
    (
        "a command with two effects",
        "select metadata->>'command_id' from journal.events
         where metadata->>'source' = 'graphql'
         group by aggregate_type, event_type, metadata->>'actor', metadata->>'command_id'
         having count(*) > 1",
    ),
    (
        "a stream that does not count 1 to n",
        "select aggregate_id from journal.events group by aggregate_type, aggregate_id
         having min(sequence) <> 1 or max(sequence) <> count(*)",
    ),
    (
        "a ticket that was opened or resolved twice",
        "select aggregate_id from journal.events
         where event_type in ('ticket.opened', 'ticket.resolved', 'ticket.work_started')
           and metadata->>'source' = 'graphql'
         group by aggregate_id, event_type having count(*) > 1",
    ),
    (
        "an event without a number, or a number without an event",
        "select aggregate_id from journal.events
         full join journal.log using (aggregate_type, aggregate_id, sequence)
         where events.position is null or log.global_seq is null",
    ),
    (
        "a gap in the log",
        "select count(*)::text from journal.log
         having count(*) <> max(global_seq) or min(global_seq) <> 1
             or count(*) <> (select tree_size from journal.sequencer)",
    ),
];

/// The log as it was seen before each kill: its size, and the roots of its tree.
#[derive(Debug, Default)]
pub(super) struct Frontiers(Vec<Frontier>);

impl Frontiers {
    /// What is now; never less than what was.
    pub(super) async fn remember(&mut self, owner: &mut PgConnection) {
        let sql = "select tree_size, frontier from journal.sequencer";
        let row = sqlx::query(sql).fetch_one(owner).await.unwrap();
        let (size, bytes): (i64, Vec<u8>) = (row.get(0), row.get(1));
        let seen = Frontier::from_bytes(size.unsigned_abs(), &bytes).unwrap();
        if let Some(last) = self.0.last() {
            assert!(seen.size() >= last.size(), "the log has shrunk from {last:?} to {seen:?}");
        }
        self.0.push(seen);
    }

    /// Each of them is a beginning of the log as it is now.
    async fn prove(&self, owner: &mut PgConnection) {
        let sql = "select leaf from journal.log order by global_seq";
        let rows = sqlx::query(sql).fetch_all(owner).await.unwrap();
        let mut leaves = rows.iter().map(|row| row.get::<Vec<u8>, _>(0));
        let mut grown = Frontier::default();
        for seen in &self.0 {
            while grown.size() < seen.size() {
                grown.push(leaves.next().unwrap().try_into().unwrap());
            }
            assert_eq!(&grown, seen, "the history was another one before a kill");
        }
    }
}

/// Lets the clients finish, then proves everything.
pub(super) async fn prove(
    mut nodes: Nodes,
    load: Load,
    (changes, notices): (Follower, Follower),
    frontiers: Frontiers,
    begin: i64,
) {
    let (people, told) = load.finish().await;
    eprintln!("soak: {} commands acknowledged", told.len());
    stored_once(&mut nodes.owner().await, &told).await;
    repeat(&people, &told).await;
    never(&nodes).await;
    let mut owner = nodes.owner().await;
    frontiers.prove(&mut owner).await;
    followed(&mut owner, changes, (TOLD, "", begin)).await;
    followed(&mut owner, notices, (NOTICES, "head1", begin)).await;
    for node in 0..nodes.count() {
        let process = nodes.take(node);
        let code = tokio::task::spawn_blocking(move || process.stop("TERM")).await.unwrap();
        assert_eq!(code, 0, "{}", nodes.complaints());
    }
    drop(owner);
    replayed(&nodes);
}

/// Nothing that must not be is in the settled history.
pub(super) async fn never(nodes: &Nodes) {
    let mut owner = nodes.owner().await;
    settle(&mut owner).await;
    for (finding, sql) in NEVER {
        let found = sqlx::query(sql).fetch_all(&mut owner).await.unwrap();
        let found: Vec<String> = found.iter().map(|row| row.get(0)).collect();
        assert!(found.is_empty(), "{finding}: {found:?}\n{}", nodes.complaints());
    }
}

/// Each acknowledged command is in the history once, and nothing else came from the clients.
pub(super) async fn stored_once(owner: &mut PgConnection, told: &[Acknowledged]) {
    let sql = "select count(*) from journal.events where event_type = $1
               and metadata->>'source' = 'graphql'";
    for (verb, event_type) in [
        ("ticketStartWork", "ticket.work_started"),
        ("ticketResolve", "ticket.resolved"),
        ("ticketComment", "conversation.replied"),
    ] {
        let acknowledged = told.iter().filter(|done| done.order.verb == verb).count();
        let row = sqlx::query(sql).bind(event_type).fetch_one(&mut *owner).await.unwrap();
        let stored: i64 = row.get(0);
        assert_eq!(stored, acknowledged as i64, "{event_type}");
    }
}

/// A repetition of each gets the first answer and does nothing.
pub(super) async fn repeat(people: &[Insistent], told: &[Acknowledged]) {
    join_all(people.iter().enumerate().map(async |(client, person)| {
        for done in told.iter().filter(|done| done.client == client) {
            let again = person.answered(&done.order).await;
            assert_eq!(again["ticket"]["id"], done.ticket, "{done:?}");
            assert_eq!(again["replayed"], json!(true), "{done:?}");
        }
    }))
    .await;
}

/// Waits until the log has everything.
async fn settle(owner: &mut PgConnection) {
    let sql = "select (select count(*) from journal.events) = tree_size from journal.sequencer";
    eventually("the end of the log", async || {
        sqlx::query(sql).fetch_one(&mut *owner).await.unwrap().get(0)
    })
    .await;
}

/// Who listened was told each thing once, in order.
async fn followed(
    owner: &mut PgConnection,
    follower: Follower,
    (sql, login, begin): (&'static str, &str, i64),
) {
    let mut query = sqlx::query(sql).bind(begin);
    if !login.is_empty() {
        query = query.bind(login);
    }
    let rows = query.fetch_all(owner).await.unwrap();
    let happened: Vec<i64> = rows.iter().map(|row| row.get(0)).collect();
    let last = *happened.last().expect("something happened");
    eventually("the last thing that is told", async || follower.last() >= last).await;
    let (told, lines) = follower.finish();
    eprintln!("soak: {} told over {lines} lines", told.len());
    assert_eq!(told, happened);
}

/// The history is what was recorded, and each view is what it tells.
fn replayed(nodes: &Nodes) {
    let verified = nodes.folder.run_replay(&["verify"]);
    assert_eq!(verified.code, 0, "{}\n{}", verified.stdout, verified.stderr);
    let rebuilt = nodes.folder.run_replay(&["rebuild", "all"]);
    assert_eq!(rebuilt.code, 0, "{}\n{}", rebuilt.stdout, rebuilt.stderr);
    assert!(!rebuilt.stdout.contains("NOT EQUAL"), "{}", rebuilt.stdout);
}
