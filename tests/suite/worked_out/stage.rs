//! A desk that histories are told to, and asked about.

use std::collections::BTreeMap;
use std::fmt::Write;

use chrono::{DateTime, TimeDelta, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

const CLOCK: &str = "limitSeconds usedSeconds usedPercent remainingPercent dueAt state breachedAt
    met thresholds { percent crossedAt }
    intervals(first: 1000) { nodes { from to countedSeconds excluded } pageInfo { hasNextPage } }";

/// The server, and the tickets by the name they have in their history.
pub(crate) struct Stage {
    pub(crate) world: World,
    pub(crate) director: Client,
    tickets: BTreeMap<String, Value>,
}

/// So many seconds after midnight of Monday, 5 January 2026.
pub(crate) fn seconds(after: i64) -> DateTime<Utc> {
    "2026-01-05T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + TimeDelta::seconds(after)
}

/// A line of a command file.
pub(crate) fn line(at: DateTime<Utc>, actor: &str, (mutation, input): (&str, Value)) -> Value {
    json!({"at": at, "actor": actor, "mutation": mutation, "input": input})
}

/// The same, and what it makes has a name.
pub(crate) fn naming(name: &str, mut line: Value) -> Value {
    line["ref"] = json!(name);
    line
}

impl Stage {
    pub(crate) async fn set() -> Self {
        let mut world = World::demo().await;
        let director = world.serve().sign_in("director", DEMO_PASSWORD).await;
        Self { world, director, tickets: BTreeMap::new() }
    }

    /// The units of the demo organisation, by name.
    pub(crate) async fn units(&self) -> BTreeMap<String, Value> {
        let data = self.director.data("{ units { nodes { id name } } }", json!({})).await;
        let units = data["units"]["nodes"].as_array().unwrap().iter();
        units.map(|it| (it["name"].as_str().unwrap().to_owned(), it["id"].clone())).collect()
    }

    /// Imports these lines; what the tool printed. Tickets carry their name as their reference.
    pub(crate) fn tell(&self, file: &str, lines: &[Value]) -> String {
        let path = self.world.folder().join(file);
        let mut text = String::new();
        for line in lines {
            writeln!(text, "{line}").unwrap();
        }
        std::fs::write(&path, text).unwrap();
        let told = self.world.run_annals(&["import", "commands", path.to_str().unwrap()]);
        assert_eq!(told.code, 0, "{}{}", told.stdout, told.stderr);
        told.stdout
    }

    /// Looks up the tickets with these references.
    pub(crate) async fn find(&mut self, names: impl Iterator<Item = String>) {
        let query = "query($refs: [String!]!, $after: String) { tickets(first: 100, after: $after,
            where: {externalRef: {in: $refs}}) {
            nodes { id externalRef } pageInfo { hasNextPage endCursor } } }";
        let names: Vec<String> = names.collect();
        for some in names.chunks(100) {
            let data = self.director.data(query, json!({"refs": some})).await;
            for ticket in data["tickets"]["nodes"].as_array().unwrap() {
                let name = ticket["externalRef"].as_str().unwrap().to_owned();
                self.tickets.insert(name, ticket["id"].clone());
            }
        }
        let missing: Vec<_> = names.iter().filter(|it| !self.tickets.contains_key(*it)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    /// What the clocks of a ticket show at an instant.
    pub(crate) async fn sla(&self, name: &str, at: DateTime<Utc>) -> Value {
        let query = format!(
            "query($id: ID!, $at: DateTime!) {{ ticket(id: $id) {{ sla(at: $at) {{
                reaction {{ {CLOCK} }} work {{ {CLOCK} }} deadline {{ {CLOCK} }} }} }} }}"
        );
        let asked = json!({"id": self.tickets[name], "at": at});
        let sla = self.director.data(&query, asked).await["ticket"]["sla"].clone();
        for clock in ["reaction", "work", "deadline"] {
            adds_up(name, &sla[clock]);
        }
        sla
    }
}

/// The explained intervals tile, and what they count is what is used.
fn adds_up(name: &str, clock: &Value) {
    let intervals = clock["intervals"]["nodes"].as_array().unwrap();
    let counted = |it: &Value| it["countedSeconds"].as_i64().unwrap();
    if clock["intervals"]["pageInfo"]["hasNextPage"] == false {
        let sum: i64 = intervals.iter().map(counted).sum();
        assert_eq!(Some(sum), clock["usedSeconds"].as_i64(), "{name} {clock}");
    }
    for pair in intervals.windows(2) {
        assert_eq!(pair[0]["to"], pair[1]["from"], "{name} {clock}");
    }
    for interval in intervals {
        let [from, to] = ["from", "to"]
            .map(|end| interval[end].as_str().unwrap().parse::<DateTime<Utc>>().unwrap());
        let whole = if interval["excluded"].is_null() { (to - from).num_seconds() } else { 0 };
        assert!(from < to && counted(interval) == whole, "{name} {interval}");
    }
}
