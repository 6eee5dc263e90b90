//! A ticket's day at the desk, on a clock of the test's own: after each step, everybody's notices.
//!
//! Who is told what is B4 as it is to be built: a unit's staff of a new target, the author and the
//! heads of the actor's units of work, whoever has to do with it of a comment; closing stands in the
//! feed only. Never the actor, and nobody else.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::time::Duration;

use api::boot::App;
use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use sqlx::{PgConnection, Row};
use testbed::{Client, DEMO_PASSWORD, World};
use tokio::time::{sleep, timeout};
use uuid::Uuid;

/// Everybody there is.
const EVERYBODY: [&str; 11] = [
    "admin", "director", "head1", "head2", "agent1", "agent2", "agent3", "client1", "client2",
    "lead", "auditor",
];

/// Within this the notices are written.
const PATIENCE: Duration = Duration::from_secs(15);

/// Who was told, by which way, of what.
type Told = BTreeSet<(String, String, String)>;

/// The day, as far as it has got.
struct Day {
    world: World,
    database: PgConnection,
    people: BTreeMap<&'static str, Client>,
    logins: BTreeMap<Uuid, &'static str>,
    now: DateTime<Utc>,
    seen: i64,
}

impl Day {
    /// Noon, everybody is in.
    async fn begin() -> Self {
        let mut world = World::demo().await;
        let now: DateTime<Utc> = "2031-03-03T12:00:00Z".parse().unwrap();
        let clock = world.folder().join("clock");
        fs::write(&clock, now.to_rfc3339()).unwrap();
        let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        command.arg("--test-clock").arg(&clock);
        let stranger = world.serve_by(&mut command);
        let app = App::open(&world.place(), None).await.unwrap();
        let mut people = BTreeMap::new();
        let mut logins = BTreeMap::new();
        for login in EVERYBODY {
            people.insert(login, stranger.sign_in(login, DEMO_PASSWORD).await);
            logins.insert(app.identity.person_of(login).await.unwrap().unwrap().0, login);
        }
        app.close().await;
        let database = world.superuser().await;
        let mut day = Self { world, database, people, logins, now, seen: 0 };
        // Years after the demo's tickets were resolved they close by themselves.
        day.none_is("RESOLVED").await;
        day.applied().await;
        let last = "select coalesce(max(global_seq), 0) from view_notices.outbox";
        day.seen = sqlx::query_scalar(last).fetch_one(&mut day.database).await.unwrap();
        day
    }

    fn later(&mut self, by: TimeDelta) {
        self.now += by;
        fs::write(self.world.folder().join("clock"), self.now.to_rfc3339()).unwrap();
    }

    /// One step, half a minute after the one before; the ticket's id and state.
    async fn step(&mut self, login: &str, name: &str, input: Value) -> Value {
        self.later(TimeDelta::seconds(30));
        let kind: String =
            name.chars().next().unwrap().to_uppercase().chain(name.chars().skip(1)).collect();
        let query = format!(
            "mutation($i: {kind}Input!) {{ {name}(input: $i) {{
                ticket {{ id state }} userErrors {{ code message }} }} }}"
        );
        let payload = self.people[login].data(&query, json!({"i": input})).await[name].clone();
        assert_eq!(payload["userErrors"], json!([]), "{login} {name}: {payload}");
        payload["ticket"].clone()
    }

    /// Everybody's notices since they were looked at last.
    async fn told(&mut self) -> Told {
        self.applied().await;
        let rows = sqlx::query(
            "select global_seq, recipient_id, channel, kind from view_notices.outbox
             where global_seq > $1",
        )
        .bind(self.seen)
        .fetch_all(&mut self.database)
        .await
        .unwrap();
        let mut told = Told::new();
        for row in &rows {
            self.seen = self.seen.max(row.get("global_seq"));
            let login = self.logins[&row.get::<Uuid, _>("recipient_id")];
            let new = told.insert((login.to_owned(), row.get("channel"), row.get("kind")));
            assert!(new, "{login} is told twice");
        }
        told
    }

    /// Compares with who is to be told of it, in everybody's view.
    async fn tells(&mut self, kind: &str, channel: &str, logins: &[&str]) {
        let expected: Told = logins
            .iter()
            .map(|login| ((*login).to_owned(), channel.to_owned(), kind.to_owned()))
            .collect();
        assert_eq!(self.told().await, expected, "{kind}");
    }

    /// Waits until the notices of all that happened are written.
    async fn applied(&mut self) {
        let applied = "select applied_through = (select count(*) from journal.events)
                       from view_notices.progress where $1 <> ''";
        self.wait_until(applied, "all").await;
    }

    async fn wait_until(&mut self, query: &str, word: &str) {
        let reached = async {
            loop {
                let row = sqlx::query_scalar(query).bind(word).fetch_one(&mut self.database);
                if row.await.unwrap() {
                    return;
                }
                sleep(Duration::from_millis(20)).await;
            }
        };
        timeout(PATIENCE, reached).await.unwrap_or_else(|_| panic!("not reached: {query}"));
    }

    /// Waits until no ticket is in this state.
    async fn none_is(&mut self, state: &str) {
        let none = "select not exists (select from view_tickets.tickets where state = $1)";
        self.wait_until(none, state).await;
    }

    async fn tells_nobody(&mut self) {
        assert_eq!(self.told().await, Told::new());
    }
}

#[tokio::test]
async fn a_day_from_the_client_to_the_automatic_close_tells_exactly_those_it_concerns() {
    let mut day = Day::begin().await;
    let opening = json!({"kind": "INCIDENT", "title": "Till 2 eats cards"});
    let opened = day.step("client1", "ticketOpen", opening).await;
    assert_eq!(opened["state"], "NEW");
    let id = opened["id"].clone();
    let this = json!({"ticketId": id});
    day.tells_nobody().await;

    // From dispatch to a unit: its active staff.
    let units = day.people["director"].data("{ units { nodes { id name } } }", json!({})).await;
    let units = units["units"]["nodes"].as_array().unwrap().clone();
    let desk = units.iter().find(|unit| unit["name"] == "Service Desk").unwrap();
    let forward = json!({"ticketId": id, "unitId": desk["id"]});
    assert_eq!(day.step("director", "ticketAssign", forward).await["state"], "ASSIGNED");
    day.tells("TICKET_FORWARDED", "IN_APP", &["head1", "agent1", "agent2"]).await;

    // The author and the heads of the actor's units.
    day.step("agent1", "ticketStartWork", this.clone()).await;
    day.tells("TICKET_WORK_STARTED", "IN_APP", &["client1", "head1"]).await;

    let question = json!({"ticketId": id, "body": "Which cards?"});
    day.step("agent1", "ticketComment", question).await;
    day.tells("TICKET_COMMENTED", "IN_APP", &["client1", "head1"]).await;
    let note = json!({"ticketId": id, "body": "The reader is old.", "internal": true});
    day.step("agent1", "ticketComment", note).await;
    day.tells("TICKET_COMMENTED", "IN_APP", &["head1"]).await;

    let waiting = json!({"ticketId": id, "pendingReason": "CALLER"});
    assert_eq!(day.step("agent1", "ticketPend", waiting).await["state"], "PENDING");
    day.tells_nobody().await;
    // Nobody holds it now, but whoever commented hears of more comments.
    let answer = json!({"ticketId": id, "body": "All of them."});
    day.step("client1", "ticketComment", answer).await;
    day.tells("TICKET_COMMENTED", "IN_APP", &["agent1"]).await;
    assert_eq!(day.step("agent1", "ticketResume", this.clone()).await["state"], "ASSIGNED");
    day.tells_nobody().await;

    day.step("agent1", "ticketStartWork", this.clone()).await;
    day.tells("TICKET_WORK_STARTED", "IN_APP", &["client1", "head1"]).await;
    // A hold that a head breaks: the head is the actor, and heads the unit alone.
    day.step("head1", "ticketStopWork", this.clone()).await;
    day.tells("TICKET_WORK_STOPPED", "IN_APP", &["client1"]).await;
    day.step("agent1", "ticketStartWork", this.clone()).await;
    day.tells("TICKET_WORK_STARTED", "IN_APP", &["client1", "head1"]).await;

    let solution = json!({"ticketId": id, "code": "FIXED", "solution": "Reader cleaned."});
    day.step("agent1", "ticketResolve", solution.clone()).await;
    day.tells("TICKET_RESOLVED", "IN_APP", &["client1", "head1"]).await;
    // The actor is the author, and in no unit of work.
    assert_eq!(day.step("client1", "ticketReopen", this).await["state"], "IN_PROGRESS");
    let holder = "query($i: ID!) { ticket(id: $i) { holder { login } } }";
    let data = day.people["agent1"].data(holder, json!({"i": id})).await;
    assert_eq!(data["ticket"]["holder"]["login"], "agent1", "who resolved it has it again");
    day.tells_nobody().await;
    day.step("agent1", "ticketResolve", solution).await;
    day.tells("TICKET_RESOLVED", "IN_APP", &["client1", "head1"]).await;

    // The author and whoever did it, but not who commented last; in the feed alone.
    day.later(TimeDelta::days(3) - TimeDelta::seconds(1));
    sleep(Duration::from_millis(1500)).await;
    day.tells_nobody().await;
    day.later(TimeDelta::seconds(1));
    day.none_is("RESOLVED").await;
    day.tells("TICKET_CLOSED", "FEED", &["agent1"]).await;
}

#[tokio::test]
async fn named_people_and_their_heads_are_told_and_the_directors_of_their_units() {
    let mut day = Day::begin().await;
    let id = |viewer: Value| viewer["viewer"]["person"]["id"].clone();
    let viewer = "{ viewer { person { id } } }";
    let agent3 = id(day.people["agent3"].data(viewer, json!({})).await);
    let director = id(day.people["director"].data(viewer, json!({})).await);
    let opening = |people: Vec<&Value>| json!({"kind": "INCIDENT", "title": "Rack 4 is hot", "assigneeIds": people});
    // The head of the named one's unit; its directors would be those who belong to it.
    day.step("agent1", "ticketOpen", opening(vec![&agent3])).await;
    day.tells("TICKET_CREATED", "IN_APP", &["agent3", "head2"]).await;
    day.step("agent1", "ticketOpen", opening(vec![&agent3, &director])).await;
    day.tells("TICKET_CREATED", "IN_APP", &["agent3", "head2", "director"]).await;
    // Whoever names themselves is the author.
    let own = day.step("agent3", "ticketOpen", opening(vec![&agent3])).await;
    day.tells("TICKET_CREATED", "IN_APP", &["head2"]).await;
    // The executors hear of a comment, and the heads of the commenter's units.
    let note = json!({"ticketId": own["id"], "body": "Fan replaced."});
    day.step("director", "ticketComment", note).await;
    day.tells("TICKET_COMMENTED", "IN_APP", &["agent3"]).await;
}
