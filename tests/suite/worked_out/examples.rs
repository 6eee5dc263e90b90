//! The book's examples of service level clocks, as they stand there: each line of a command block is
//! done when the server's clock says so, and each row of a table is read back.

use std::collections::BTreeMap;
use std::fs;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use testbed::{Client, DEMO_PASSWORD, World};

use crate::desk::{accepted, followed};

const BOOK: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/explanation/sla-clocks.md");

/// A part of a page.
enum Part {
    Command(Value),
    /// A row of a table, by the names of its columns.
    Row(BTreeMap<String, String>),
}

/// The commands and rows of a page, in order.
fn parts(page: &str) -> Vec<Part> {
    let (mut parts, mut inside, mut columns) = (Vec::new(), false, Vec::new());
    for line in page.lines() {
        match line {
            "```ndjson" => inside = true,
            "```" => inside = false,
            line if inside => parts.push(Part::Command(serde_json::from_str(line).unwrap())),
            line if line.starts_with("|---") => {}
            line if line.starts_with('|') => {
                let cells = line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned());
                let cells: Vec<String> = cells.collect();
                if columns.is_empty() {
                    columns = cells;
                } else {
                    parts.push(Part::Row(columns.iter().cloned().zip(cells).collect()));
                }
            }
            _ => columns.clear(),
        }
    }
    parts
}

/// A desk whose clock is set.
struct Told {
    world: World,
    clock: std::path::PathBuf,
    stranger: Client,
    made: BTreeMap<String, Value>,
}

impl Told {
    async fn begin(at: &str) -> Self {
        let mut world = World::demo().await;
        let clock = world.folder().join("clock");
        fs::write(&clock, at).unwrap();
        let mut command = world.annals(&["serve", "--demo", "--listen", "127.0.0.1:0"]);
        command.arg("--test-clock").arg(&clock);
        let stranger = world.serve_by(&mut command);
        Self { world, clock, stranger, made: BTreeMap::new() }
    }

    async fn reader(&self) -> Client {
        self.stranger.sign_in("director", DEMO_PASSWORD).await
    }

    async fn act(&mut self, command: &Value) {
        fs::write(&self.clock, command["at"].as_str().unwrap()).unwrap();
        let who = command["actor"].as_str().unwrap();
        let actor = self.stranger.sign_in(who, DEMO_PASSWORD).await;
        let mutation = command["mutation"].as_str().unwrap();
        let object = match mutation {
            "calendarDefine" => "calendar",
            "slaPlanDefine" => "slaPlan",
            _ => "ticket",
        };
        let input = self.with_ids(command["input"].clone());
        let shown = format!("{object} {{ id }}");
        let payload = crate::desk::mutate_noun(&actor, mutation, &shown, input).await;
        accepted(&payload);
        if let Some(name) = command["ref"].as_str() {
            self.made.insert(name.to_owned(), payload[object]["id"].clone());
        }
        followed(&self.world).await;
    }

    /// `$name` stands for what that one made.
    fn with_ids(&self, value: Value) -> Value {
        match value {
            Value::String(text) => match text.strip_prefix('$') {
                Some(name) => self.made[name].clone(),
                None => json!(text),
            },
            Value::Array(all) => all.into_iter().map(|it| self.with_ids(it)).collect(),
            Value::Object(all) => {
                all.into_iter().map(|(key, it)| (key, self.with_ids(it))).collect()
            }
            other => other,
        }
    }

    async fn check(&self, reader: &Client, row: &BTreeMap<String, String>) {
        let clock = row["Clock"].as_str();
        let last: DateTime<Utc> = fs::read_to_string(&self.clock).unwrap().parse().unwrap();
        let at = row.get("At").map_or(last, |at| at.parse().unwrap());
        let query = format!(
            "query($id: ID!, $at: DateTime!) {{ ticket(id: $id) {{ sla(at: $at) {{ {clock} {{
                limitSeconds usedSeconds state met breachedAt dueAt
                intervals(first: 100) {{ nodes {{ from to countedSeconds excluded }} }} }} }} }} }}"
        );
        let asked = json!({"id": self.made[&row["Ticket"]], "at": at});
        let data = reader.data(&query, asked).await;
        let shown = &data["ticket"]["sla"][clock];
        if let Some(from) = row.get("From") {
            let intervals = shown["intervals"]["nodes"].as_array().unwrap();
            let found = intervals.iter().find(|it| instant(&it["from"]) == *from);
            let found = found.unwrap_or_else(|| panic!("{row:?}: {shown}"));
            let told =
                [instant(&found["to"]), text(&found["countedSeconds"]), text(&found["excluded"])];
            assert_eq!(
                told,
                ["To", "Counted", "Excluded"].map(|name| row[name].clone()),
                "{row:?}"
            );
            return;
        }
        for (column, value) in row {
            let told = match column.as_str() {
                "Limit" => text(&shown["limitSeconds"]),
                "Used" => text(&shown["usedSeconds"]),
                "State" => text(&shown["state"]),
                "Kept" => text(&shown["met"]).replace("true", "yes").replace("false", "no"),
                "Breached at" => instant(&shown["breachedAt"]),
                "Due at" => instant(&shown["dueAt"]),
                _ => continue,
            };
            assert_eq!(told, *value, "{column} of {row:?}: {shown}");
        }
    }
}

fn text(value: &Value) -> String {
    match value {
        Value::Null => String::new(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

fn instant(value: &Value) -> String {
    let parsed = value.as_str().map(|text| text.parse::<DateTime<Utc>>().unwrap());
    parsed.map_or_else(String::new, |at| at.format("%Y-%m-%dT%H:%M:%SZ").to_string())
}

#[tokio::test]
async fn the_books_examples_come_out_as_they_are_told() {
    let page = fs::read_to_string(BOOK).unwrap();
    let parts = parts(&page);
    let mut told = Told::begin("2031-03-03T06:00:00Z").await;
    let mut reader = None;
    let mut rows = 0;
    for part in &parts {
        match part {
            Part::Command(command) => {
                told.act(command).await;
                reader = None;
            }
            Part::Row(row) => {
                if reader.is_none() {
                    reader = Some(told.reader().await);
                }
                told.check(reader.as_ref().unwrap(), row).await;
                rows += 1;
            }
        }
    }
    assert!(rows > 20, "{rows} rows");
}
