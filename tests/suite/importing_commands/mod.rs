//! Files of commands: a story from another desk comes in as it was, once; what cannot be is refused
//! line by line.

mod again;
mod refused;
mod story;

use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use sqlx::Row;
use testbed::World;

/// A command of the past.
pub(super) fn line(at: &str, actor: &str, mutation: &str, input: Value) -> Value {
    json!({"at": format!("2026-01-05T{at}Z"), "actor": actor, "mutation": mutation, "input": input})
}

pub(super) fn named(mut line: Value, reference: &str) -> Value {
    line["ref"] = json!(reference);
    line
}

pub(super) fn write(world: &World, name: &str, lines: &[String]) -> PathBuf {
    let path = world.folder().join(name);
    std::fs::write(&path, lines.join("\n")).unwrap();
    path
}

pub(super) fn text(lines: &[Value]) -> Vec<String> {
    lines.iter().map(Value::to_string).collect()
}

/// Runs the import; what it printed, and the answers to all lines.
pub(super) fn import(world: &World, file: &Path, more: &[&str]) -> (String, Vec<Value>) {
    let mut arguments = vec!["import", "commands", file.to_str().unwrap()];
    arguments.extend(more);
    let finished = world.run_annals(&arguments);
    assert_eq!(finished.code, 0, "{}\n{}", finished.stdout, finished.stderr);
    (finished.stdout, report(world))
}

pub(super) fn report(world: &World) -> Vec<Value> {
    let text = std::fs::read_to_string(world.folder().join("commands.report.ndjson")).unwrap();
    text.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

pub(super) fn outcomes(answers: &[Value]) -> Vec<&str> {
    answers.iter().map(|answer| answer["outcome"].as_str().unwrap()).collect()
}

pub(super) async fn number(world: &World, statement: &str) -> i64 {
    let row = sqlx::query(statement).fetch_one(&mut world.superuser().await).await;
    row.unwrap().get(0)
}

pub(super) async fn events(world: &World) -> i64 {
    number(world, "select count(*) from journal.events").await
}
