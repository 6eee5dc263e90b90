//! Configuration items come in from lines, tables and inventories: once, each row by itself or all
//! together, and nothing half.

mod faulty;
mod inventories;
mod lines;
mod tables;

use std::path::PathBuf;

use serde_json::{Value, json};
use sqlx::Row;
use testbed::World;

/// What an import printed, and its answers to all rows.
#[derive(Debug)]
pub(super) struct Imported {
    pub(super) code: i32,
    pub(super) stdout: String,
    pub(super) stderr: String,
    pub(super) answers: Vec<Value>,
}

impl Imported {
    /// How many rows came to each outcome.
    pub(super) fn counts(&self) -> [usize; 5] {
        let outcomes = ["NEW", "CHANGED", "UNCHANGED", "CONFLICTING", "INVALID"];
        outcomes.map(|outcome| {
            self.answers.iter().filter(|answer| answer["outcome"] == outcome).count()
        })
    }

    /// The rows that are not as they were.
    pub(super) fn changed(&self) -> Vec<&Value> {
        self.answers.iter().filter(|answer| answer["outcome"] == "CHANGED").collect()
    }
}

pub(super) fn write(world: &World, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
    let path = world.folder().join(name);
    std::fs::write(&path, content).unwrap();
    path
}

pub(super) fn lines(lines: &[Value]) -> String {
    lines.iter().map(|line| format!("{line}\n")).collect()
}

/// Imports a file.
pub(super) fn import(world: &World, file: &str, more: &[&str]) -> Imported {
    let report = world.folder().join("items.report.ndjson");
    let _ = std::fs::remove_file(&report);
    let path = world.folder().join(file);
    let mut arguments = vec!["import", "cis", path.to_str().unwrap()];
    arguments.extend(["--report", report.to_str().unwrap()]);
    arguments.extend(more);
    let finished = world.run_annals(&arguments);
    let text = std::fs::read_to_string(&report).unwrap_or_default();
    let answers = text.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    Imported { code: finished.code, stdout: finished.stdout, stderr: finished.stderr, answers }
}

/// The same, which goes well.
pub(super) fn imported(world: &World, file: &str, more: &[&str]) -> Imported {
    let imported = import(world, file, more);
    assert_eq!(imported.code, 0, "{}\n{}", imported.stdout, imported.stderr);
    imported
}

pub(super) async fn number(world: &World, statement: &str) -> i64 {
    let row = sqlx::query(statement).fetch_one(&mut world.superuser().await).await;
    row.unwrap().get(0)
}

/// Events of items and classes; all others stand still meanwhile.
pub(super) async fn events(world: &World) -> i64 {
    number(world, "select count(*) from journal.events").await
}

pub(super) fn server(name: &str, attributes: Value) -> Value {
    let key = json!({"name": name, "organization": "Demo"});
    json!({"class": "Server", "key": key, "attributes": attributes})
}

pub(super) fn demo() -> Value {
    json!({"class": "Organization", "key": {"name": "Demo"}})
}
