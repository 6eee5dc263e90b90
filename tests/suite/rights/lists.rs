//! The lists of B5 (in, out, archive) for every role, against what the tickets' own facts say.

use std::collections::BTreeSet;

use api::boot::App;
use api::gateway::{Caller, Request};
use domain::unit::UnitCommand;
use domain::unit::command::Join;
use serde_json::{Value, json};
use testbed::{Client, World};

use super::desk::{Desk, uuid_of};

const DESK: &str = "Service Desk";
const INFRASTRUCTURE: &str = "Infrastructure";

/// On which row of B5's list scopes somebody stands.
#[derive(Debug, Clone, Copy)]
enum Row {
    User(&'static str, &'static [&'static str]),
    /// And who belongs to the units.
    Head(&'static str, &'static [&'static str], &'static [&'static str]),
    Everything(&'static str),
    /// And the clients of the organisation, for a lead.
    Client(&'static str, &'static [&'static str]),
}

/// Everybody; the second agent of the desk works for both units.
const EVERYBODY: [Row; 11] = [
    Row::User("agent1", &[DESK]),
    Row::User("agent2", &[DESK, INFRASTRUCTURE]),
    Row::User("agent3", &[INFRASTRUCTURE]),
    Row::Head("head1", &[DESK], &["head1", "agent1", "agent2"]),
    Row::Head("head2", &[INFRASTRUCTURE], &["head2", "agent3", "agent2"]),
    Row::Everything("director"),
    Row::Everything("admin"),
    Row::Everything("auditor"),
    Row::Client("client1", &[]),
    Row::Client("client2", &[]),
    Row::Client("lead", &["lead", "client1", "client2"]),
];

/// What the lists depend on.
#[derive(Debug)]
struct Facts {
    number: String,
    state: String,
    priority: String,
    created: String,
    author: String,
    requester: String,
    unit: Option<String>,
    named: Vec<String>,
}

impl Facts {
    fn of(desk: &Desk, ticket: &Value) -> Self {
        let login = |person: &Value| desk.login(&person["id"]).to_owned();
        let text = |name: &str| ticket[name].as_str().unwrap().to_owned();
        Self {
            number: text("number"),
            state: text("state"),
            priority: text("priority"),
            created: text("createdAt"),
            author: login(&ticket["reporter"]),
            requester: login(&ticket["requester"]),
            unit: ticket["unit"]["name"].as_str().map(str::to_owned),
            named: ticket["assignees"].as_array().unwrap().iter().map(login).collect(),
        }
    }

    fn archived(&self) -> bool {
        matches!(self.state.as_str(), "CLOSED" | "CANCELLED")
    }

    fn names(&self, login: &str) -> bool {
        self.named.iter().any(|named| named == login)
    }

    fn of_units(&self, units: &[&str]) -> bool {
        self.unit.as_deref().is_some_and(|unit| units.contains(&unit))
    }

    /// By or for one of these.
    fn concerns(&self, clients: &[&str]) -> bool {
        clients.contains(&self.author.as_str()) || clients.contains(&self.requester.as_str())
    }
}

impl Row {
    fn login(self) -> &'static str {
        match self {
            Self::User(login, _)
            | Self::Head(login, ..)
            | Self::Everything(login)
            | Self::Client(login, _) => login,
        }
    }

    fn holds(self, list: &str, ticket: &Facts) -> bool {
        ticket.archived() == (list == "ARCHIVE") && self.scope(list, ticket)
    }

    fn scope(self, list: &str, ticket: &Facts) -> bool {
        let unassigned = |units| ticket.named.is_empty() && ticket.of_units(units);
        match (self, list) {
            (Self::Everything(_), _) => true,
            (Self::User(me, units), "INCOMING") => ticket.names(me) || unassigned(units),
            (Self::User(me, _), "OUTGOING") => ticket.author == me,
            (Self::User(me, units), _) => {
                (ticket.names(me) && ticket.of_units(units))
                    || unassigned(units)
                    || ticket.author == me
            }
            (Self::Head(_, units, _), "INCOMING") => ticket.of_units(units),
            (Self::Head(.., people), "OUTGOING") => people.contains(&ticket.author.as_str()),
            (Self::Head(me, units, _), _) => ticket.of_units(units) || ticket.author == me,
            (Self::Client(me, group), _) => ticket.concerns(&[me]) || ticket.concerns(group),
        }
    }
}

#[tokio::test]
async fn b5_in_out_and_archive_are_as_agreed_for_every_role_in_their_order() {
    let mut world = World::demo().await;
    let desk = Desk::of(&mut world).await;
    join_both(&world, &desk).await;
    more_tickets(&desk).await;
    let all = "query($a: Cursor) { tickets(first: 100, after: $a) { nodes { number state priority
        createdAt reporter { id } requester { id } unit { name } assignees { id } } } }";
    let all = desk.of_login("auditor").data(all, json!({})).await;
    let all: Vec<Facts> = all["tickets"]["nodes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|ticket| Facts::of(&desk, ticket))
        .collect();
    assert!(all.len() < 100, "one page has them all");
    for row in EVERYBODY {
        let login = row.login();
        for list in ["INCOMING", "OUTGOING", "ARCHIVE"] {
            let mut expected: Vec<&Facts> =
                all.iter().filter(|ticket| row.holds(list, ticket)).collect();
            sort(list, &mut expected);
            let expected: Vec<&str> =
                expected.iter().map(|ticket| ticket.number.as_str()).collect();
            let (count, listed) = listed(desk.of_login(login), list).await;
            let missing: BTreeSet<_> =
                expected.iter().filter(|number| !listed.iter().any(|it| it == *number)).collect();
            let too_many: BTreeSet<_> =
                listed.iter().filter(|number| !expected.contains(&number.as_str())).collect();
            assert!(
                missing.is_empty() && too_many.is_empty(),
                "{login}, {list}: {missing:?} are missing, {too_many:?} are too many"
            );
            assert_eq!(listed, expected, "{login}, {list}: the order");
            assert_eq!(count, expected.len(), "{login}, {list}: the count");
        }
    }
}

/// In: open first, then priority from high to low, then the newest. Out and archive: the newest.
fn sort(list: &str, tickets: &mut [&Facts]) {
    tickets.sort_by(|a, b| b.created.cmp(&a.created));
    if list == "INCOMING" {
        let priority = |ticket: &Facts| {
            let words = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
            words.iter().position(|word| *word == ticket.priority).unwrap()
        };
        tickets.sort_by_key(|ticket| (ticket.state == "RESOLVED", priority(ticket)));
    }
}

/// A list as somebody reads it, page by page; how many it says there are, and their numbers.
async fn listed(client: &Client, list: &str) -> (usize, Vec<String>) {
    let query = "query($k: String!, $a: Cursor) { queueTickets(key: $k, first: 7, after: $a) {
        totalCount nodes { number } pageInfo { hasNextPage endCursor } } }";
    let mut numbers = Vec::new();
    let mut after = Value::Null;
    loop {
        let data = client.data(query, json!({"k": list, "a": after})).await;
        let page = &data["queueTickets"];
        for ticket in page["nodes"].as_array().unwrap() {
            numbers.push(ticket["number"].as_str().unwrap().to_owned());
        }
        if page["pageInfo"]["hasNextPage"] == false {
            let count = page["totalCount"].as_u64().unwrap();
            return (usize::try_from(count).unwrap(), numbers);
        }
        after = page["pageInfo"]["endCursor"].clone();
    }
}

/// Lets the second agent work for the other unit as well.
async fn join_both(world: &World, desk: &Desk) {
    let app = App::open(&world.place(), None).await.unwrap();
    let person = app.identity.person_of("agent2").await.unwrap().unwrap();
    let unit = uuid_of(&desk.unit(INFRASTRUCTURE));
    let command = UnitCommand::Join(Join { person });
    app.gateway.execute(&Caller::system(), Request::new(command, unit)).await.unwrap();
    app.close().await;
}

/// What the demo has not: reported by staff, for others, given to people of no unit, and all of it
/// in each list.
async fn more_tickets(desk: &Desk) {
    let people = ["agent1", "agent2", "agent3", "head1", "head2", "director", "client1", "lead"];
    for author in people {
        for (unit, named) in [
            (None, &[][..]),
            (None, &["agent2"]),
            (None, &["head1", "agent3"]),
            (Some(DESK), &["agent1", "agent2"]),
            (Some(INFRASTRUCTURE), &["agent2"]),
        ] {
            let ticket = desk.open(author, "One more").await;
            if unit.is_some() || !named.is_empty() {
                desk.assign(&ticket, unit, named).await;
            }
            if author == "agent1" || author == "head2" {
                let cancelled = desk.open(author, "Another one").await;
                desk.assign(&cancelled, unit, named).await;
                desk.done("director", "ticketCancel", json!({"ticketId": cancelled})).await;
            }
        }
    }
    let input = json!({"kind": "INCIDENT", "title": "For her", "requesterId": desk.id("client2")});
    desk.done("agent1", "ticketOpen", input).await;
}
