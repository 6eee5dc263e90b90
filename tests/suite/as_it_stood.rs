//! As things stood at random places of the log and at random instants: by the API, by `replay` for one of them, and by a
//! rebuild of the whole view up to there. All three are one row.

use std::collections::BTreeMap;

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use serde_json::{Map, Value, json};
use sqlx::Row;
use testbed::{Client, World};

use crate::desk::{Desk, accepted, followed, mutate, mutate_noun, own_id};

/// So many things are asked about at each place.
const EACH: u64 = 8;
/// What the views keep besides what is read.
const RANKS: [&str; 2] = ["open_rank", "over_rank"];

/// How many pairs of a thing and a place: `ANNALS_CASES`, else 24.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
fn cases() -> u64 {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(24)
}

/// Something that is asked about.
struct Thing {
    sort: Sort,
    /// As the API names it.
    id: Value,
    /// Its own identity, and that of its stream.
    key: String,
    stream: String,
}

#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Ticket,
    Item,
    Grant,
}

impl Sort {
    /// The view, its table, and the column that tells the things apart.
    fn view(self) -> (&'static str, &'static str) {
        match self {
            Self::Ticket => ("tickets", "ticket_id"),
            Self::Item => ("cis", "ci_id"),
            Self::Grant => ("access_grants", "grant_id"),
        }
    }

    /// How the API is asked.
    fn query(self) -> &'static str {
        match self {
            Self::Ticket => {
                "query($id: ID!, $at: Position, $on: DateTime) {
                    it: ticket(id: $id, asOfPosition: $at, asOf: $on) { row } }"
            }
            Self::Item => {
                "query($id: ID!, $at: Position, $on: DateTime) {
                    it: ci(id: $id, asOfPosition: $at, asOf: $on) { row } }"
            }
            Self::Grant => {
                "query($id: ID!, $at: Position, $on: DateTime) {
                    it: grant(id: $id, history: {asOfPosition: $at, asOf: $on}) { row } }"
            }
        }
    }
}

#[tokio::test]
async fn it_stood_as_a_rebuild_up_to_there_says() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    happen(&desk).await;
    followed(&world).await;
    let things = things(&desk.auditor).await;
    let head = "select max(global_seq) as head from journal.log";
    let head = sqlx::query(head).fetch_one(&mut world.superuser().await).await.unwrap();
    let head = u64::try_from(head.get::<i64, _>("head")).unwrap();
    let mut seed = 11_u64;
    let mut draw = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
        (seed >> 33) % below
    };
    let mut was = BTreeMap::new();
    for round in 0..cases().div_ceil(EACH) {
        let number = draw(head) + 1;
        // In turns by a place, and by an instant around which that place was recorded.
        let (at, moment) = if round % 2 == 0 {
            (number.to_string(), json!({"at": number.to_string()}))
        } else {
            let at =
                recorded_at(&world, number).await + TimeDelta::microseconds(draw(3) as i64 - 1);
            let at = at.to_rfc3339_opts(SecondsFormat::Micros, true);
            (at.clone(), json!({ "on": at }))
        };
        let mut rebuilt = BTreeMap::new();
        for _ in 0..EACH {
            let thing = &things[draw(things.len() as u64) as usize];
            let rows = rebuilt.entry(thing.sort).or_insert_with(|| view(&world, thing, &at, false));
            let whole = row_of(rows, thing);
            assert_eq!(row_of(&view(&world, thing, &at, true), thing), whole, "{}", thing.key);
            let mut asked = moment.clone();
            asked["id"] = thing.id.clone();
            let told = desk.auditor.data(thing.sort.query(), asked).await["it"]["row"].clone();
            if thing.sort == Sort::Ticket {
                let one = ["as-of", &at, "ticket", &thing.key, "--json"];
                let one = world.run_replay(&one);
                assert_eq!(one.stdout.trim(), told.to_string(), "{}", one.stderr);
            }
            assert_same(&told, whole.as_ref(), thing, &at);
            *was.entry((thing.sort, whole.is_some())).or_insert(0) += 1;
        }
    }
    assert!(was.contains_key(&(Sort::Ticket, true)), "nothing was there");
}

async fn recorded_at(world: &World, number: u64) -> DateTime<Utc> {
    let sql = "select recorded_at from journal.log where global_seq = $1";
    let mut database = world.superuser().await;
    let row = sqlx::query(sql).bind(number as i64).fetch_one(&mut database).await;
    row.unwrap().get("recorded_at")
}

/// Every sort of thing changes a few times.
async fn happen(desk: &Desk) {
    let who = own_id(&desk.cleo).await;
    let input = json!({"name": "Lender", "entries": [{"actions": ["ci.retire"]}]});
    let role = mutate_noun(&desk.admin, "defineRole", "role { id }", input).await;
    let role = accepted(&role)["role"]["id"].clone();
    for round in 0..6 {
        let ticket = desk.ticket(&format!("As it stood {round}")).await;
        let to = json!({"ticketId": ticket, "unitId": desk.infrastructure, "assigneeIds": []});
        accepted(&mutate(&desk.director, "ticketAssign", to).await);
        let input = json!({"class": "Server", "attributes": {"name": format!("s{round}")}});
        let item = mutate_noun(&desk.director, "ciRegister", "ci { id }", input).await;
        let item = accepted(&item)["ci"]["id"].clone();
        let input = json!({"ciId": item, "attributes": {"os_family": "Linux"}});
        accepted(&mutate_noun(&desk.director, "ciCorrect", "ci { id }", input).await);
        let input = json!({"subjectId": who, "what": {"roleId": role}});
        let made = mutate_noun(&desk.admin, "grantAccess", "grant { id }", input).await;
        let grant = accepted(&made)["grant"]["id"].clone();
        let input = json!({ "grantId": grant });
        accepted(&mutate_noun(&desk.admin, "revokeAccess", "grant { id }", input).await);
    }
}

/// All there are, by the API: the newest, of which the log tells most.
async fn things(auditor: &Client) -> Vec<Thing> {
    let lists = [
        (Sort::Ticket, "{ it: tickets(first: 100) { nodes { id row } } }", "ticket_id"),
        (Sort::Item, "{ it: cis(first: 100) { nodes { id row } } }", "ci_id"),
        (Sort::Grant, "{ it: grants(first: 100) { nodes { id row } } }", "subject_id"),
    ];
    let mut things = Vec::new();
    for (sort, query, stream) in lists {
        let found = auditor.data(query, json!({})).await["it"]["nodes"].clone();
        let nodes = found.as_array().unwrap();
        assert!(nodes.len() > 5, "{query}: {}", nodes.len());
        let text = |node: &Value, name: &str| node["row"][name].as_str().unwrap().to_owned();
        things.extend(nodes.iter().map(|node| Thing {
            sort,
            id: node["id"].clone(),
            key: text(node, sort.view().1),
            stream: text(node, stream),
        }));
    }
    things
}

/// The rows of the thing's view as of then: all of them, or those of its stream.
fn view(world: &World, thing: &Thing, at: &str, alone: bool) -> Vec<Value> {
    let name = thing.sort.view().0;
    let mut asked = vec!["as-of", at, "view", name, "--json"];
    if alone {
        asked.extend(["--of", &thing.stream]);
    }
    let done = world.run_replay(&asked);
    assert_eq!(done.code, 0, "{}\n{}", done.stdout, done.stderr);
    let lines = done.stdout.lines().map(|line| serde_json::from_str::<Value>(line).unwrap());
    lines.filter(|line| line["table"] == name).map(|line| line["row"].clone()).collect()
}

/// The row that was in force.
fn row_of(rows: &[Value], thing: &Thing) -> Option<Value> {
    let key = thing.sort.view().1;
    let is_theirs =
        |row: &&Value| row[key] == *thing.key && row.get("until_seq").is_none_or(Value::is_null);
    rows.iter().find(is_theirs).cloned()
}

fn assert_same(told: &Value, rebuilt: Option<&Value>, thing: &Thing, at: &str) {
    let Some(rebuilt) = rebuilt else {
        assert!(told.is_null(), "{} at {at}: {told}", thing.key);
        return;
    };
    let none = Map::new();
    let told = told.as_object().unwrap_or(&none);
    let rebuilt = rebuilt.as_object().unwrap();
    let mut others = Vec::new();
    for (name, value) in rebuilt.iter().filter(|(name, _)| !RANKS.contains(&name.as_str())) {
        let answered = told.get(name).unwrap_or(&Value::Null);
        let same = match (thing.sort, name.as_str()) {
            // What came of it later is known now.
            (Sort::Item, "until_seq") => true,
            // The view's own, for its lists.
            (Sort::Item, "searched" | "redundancy") => true,
            (Sort::Item, "given") => plain(answered) == plain(&by_attribute(value)),
            (Sort::Ticket, "priority") => rank(answered) == *value,
            _ => plain(answered) == plain(value),
        };
        if !same {
            others.push(format!("{name} is {answered}, not {value}"));
        }
    }
    assert!(others.is_empty(), "{} at {at}: {others:#?}", thing.key);
}

/// What sources say of an item, by attribute and source: stored, it is by source and rank.
fn by_attribute(given: &Value) -> Value {
    let mut all = json!({});
    for (source, ranks) in given.as_object().unwrap() {
        for (rank, values) in ranks.as_object().unwrap() {
            for (name, value) in values.as_object().unwrap() {
                let rank: u16 = rank.parse().unwrap();
                all[name][source] = json!({"rank": rank, "value": value});
            }
        }
    }
    all
}

fn rank(priority: &Value) -> Value {
    let words = ["CRITICAL", "HIGH", "NORMAL", "LOW"];
    json!(words.iter().position(|word| priority == word).map(|rank| rank + 1))
}

/// Instants are written in more than one way, and what is absent is left out or null.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) => match DateTime::parse_from_rfc3339(text) {
            Ok(at) => json!(at.with_timezone(&Utc)),
            Err(_) => value.clone(),
        },
        Value::Array(items) => items.iter().map(plain).collect(),
        Value::Object(fields) => {
            let fields = fields.iter().filter(|(_, value)| !value.is_null());
            fields.map(|(name, value)| (name.clone(), plain(value))).collect()
        }
        other => other.clone(),
    }
}

#[tokio::test]
async fn a_queue_is_listed_as_it_was_listed_then() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let list = "query($k: String!, $at: Position) {
        queueTickets(key: $k, first: 100, history: {asOfPosition: $at}) {
            totalCount nodes { id state version unit { id } } } }";
    let keys = ["UNIT_OPEN", "INCOMING", "UNASSIGNED", "PENDING"];
    let mut then = Vec::new();
    for round in 0..4 {
        let ticket = desk.ticket(&format!("Listed {round}")).await;
        let to = json!({"ticketId": ticket, "unitId": desk.infrastructure, "assigneeIds": []});
        let moved = mutate(&desk.director, "ticketAssign", to).await;
        let at = accepted(&moved)["position"].clone();
        followed(&world).await;
        for key in keys {
            let now = desk.director.data(list, json!({"k": key, "at": null})).await;
            then.push((key, at.clone(), now));
        }
    }
    let mut lists = Vec::new();
    for (key, at, was) in then {
        // What followed by itself, such as the impact of its items, changes no ticket.
        let told = desk.director.data(list, json!({"k": key, "at": at})).await;
        assert_eq!(told, was, "{key} at {at}");
        lists.push(told["queueTickets"]["totalCount"].clone());
    }
    lists.dedup();
    assert!(lists.len() > 2, "they have to change now and then: {lists:?}");
    let asked = json!({"k": "UNIT_OPEN", "at": "1"});
    let refused = desk.carla.ask(list, asked).await;
    assert_eq!(refused.body["errors"][0]["extensions"]["code"], "FORBIDDEN");
}

#[tokio::test]
async fn a_ticket_of_the_past_shows_its_clocks_of_then_and_what_may_be_done_now() {
    let mut world = World::demo().await;
    let desk = Desk::open(&mut world).await;
    let ticket = desk.ticket("Of the past").await;
    followed(&world).await;
    let number = "select max(global_seq) as head from journal.log";
    let number = sqlx::query(number).fetch_one(&mut world.superuser().await).await.unwrap();
    let number = u64::try_from(number.get::<i64, _>("head")).unwrap();
    let on = json!({"ticketId": ticket});
    accepted(&mutate(&desk.director, "ticketStartWork", on.clone()).await);
    let cancel = json!({"ticketId": ticket, "reason": "It is over"});
    accepted(&mutate(&desk.director, "ticketCancel", cancel).await);
    let query = "query($id: ID!, $at: Position, $on: DateTime) {
        ticket(id: $id, asOfPosition: $at, asOf: $on) { state allowedActions sla { at } } }";
    let ask = async |asked: Value| desk.director.data(query, asked).await["ticket"].clone();
    let now = ask(json!({"id": ticket})).await;
    let then = ask(json!({"id": ticket, "at": number.to_string()})).await;
    assert_eq!((&now["state"], &then["state"]), (&json!("CANCELLED"), &json!("ASSIGNED")));
    assert_eq!(then["allowedActions"], now["allowedActions"]);
    assert_eq!(plain(&then["sla"]["at"]), json!(recorded_at(&world, number).await));
    // Nothing is told of what is to come.
    let to_come = ask(json!({"id": ticket, "on": "2199-01-01T00:00:00Z"})).await;
    assert_eq!(to_come["state"], "CANCELLED");
    assert!(to_come["sla"]["at"].as_str().unwrap() < "2100", "{to_come}");
}
