//! What became of each row: counts, the first faulty rows in words, and all rows in a file.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use domain::ci::event::Correction;
use domain::cmdb::{Datum, Stored};
use domain::kernel::CiId;
use serde::Serialize;
use serde_json::{Value, json};

use super::error::CisError;
use super::fault::Fault;
use super::row::{Body, Row};

/// Faulty rows that are told in words.
const TOLD: usize = 20;
/// Letters that are repeated of what a row says.
const BRIEF: usize = 500;

/// What was done about a row.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Done {
    /// The item it is about, if it is about one.
    pub(super) item: Option<CiId>,
    /// Whether the item or class was not there before.
    pub(super) is_new: bool,
    pub(super) events: u64,
    pub(super) changes: Vec<Change>,
    /// What is odd about it.
    pub(super) notes: Vec<String>,
}

/// Something of an item that is not as it was.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub(super) struct Change {
    field: String,
    from: Value,
    to: Value,
}

/// What became of a row.
pub(super) type Answer = Result<Done, Fault>;

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Tally {
    /// Rows of the file.
    pub rows: u64,
    /// Items, relations and classes that were not there.
    pub new: u64,
    /// What is not as it was.
    pub changed: u64,
    /// What is.
    pub unchanged: u64,
    /// Rows at odds with what is there.
    pub conflicting: u64,
    /// Rows that are wrong in themselves.
    pub invalid: u64,
    /// Events that came of it.
    pub events: u64,
}

impl Tally {
    /// Rows that were refused.
    pub fn faulty(&self) -> u64 {
        self.conflicting + self.invalid
    }
}

/// Listens to what becomes of rows.
#[derive(Debug)]
pub(super) struct Report {
    tally: Tally,
    told: Vec<Value>,
    /// How many lines are kept besides those that go into the file.
    keeps: usize,
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl Report {
    /// One that keeps the first faulty rows, and writes every row down if there is a file for it.
    /// What is read for it is not written over.
    pub(super) fn begin(file: Option<&Path>, read: &[&Path]) -> Result<Self, CisError> {
        let file = match file {
            None => None,
            Some(path) if read.iter().any(|read| is_same(path, read)) => {
                return Err(CisError::SameFile(path.to_owned()));
            }
            Some(path) => {
                let opened = File::create(path).map_err(|error| failed(path, &error))?;
                Some((path.to_owned(), BufWriter::new(opened)))
            }
        };
        Ok(Self { tally: Tally::default(), told: Vec::new(), keeps: TOLD, file })
    }

    /// A row's answer.
    pub(super) fn add(&mut self, row: &Row, answer: &Answer) -> Result<(), CisError> {
        let outcome = self.count(answer);
        let tells = answer.is_err() && self.told.len() < self.keeps;
        if !tells && self.file.is_none() {
            return Ok(());
        }
        let line = line(row, outcome, answer);
        if let Some((path, file)) = &mut self.file {
            writeln!(file, "{line}").map_err(|error| failed(path, &error))?;
        }
        if tells {
            self.told.push(line);
        }
        Ok(())
    }

    fn count(&mut self, answer: &Answer) -> &'static str {
        let tally = &mut self.tally;
        tally.rows += 1;
        let (count, outcome) = match answer {
            Ok(done) if done.is_new => (&mut tally.new, "NEW"),
            Ok(done) if done.events > 0 => (&mut tally.changed, "CHANGED"),
            Ok(_) => (&mut tally.unchanged, "UNCHANGED"),
            Err(fault) if fault.is_conflict() => (&mut tally.conflicting, "CONFLICTING"),
            Err(_) => (&mut tally.invalid, "INVALID"),
        };
        *count += 1;
        tally.events += answer.as_ref().map_or(0, |done| done.events);
        outcome
    }

    /// The counts so far.
    pub(super) fn tally(&self) -> Tally {
        self.tally
    }

    /// The counts, and the first faulty rows.
    pub(super) fn end(mut self) -> Result<Summary, CisError> {
        if let Some((path, file)) = &mut self.file {
            file.flush().map_err(|error| failed(path, &error))?;
        }
        Ok(Summary { tally: self.tally, missing: None, faulty: self.told })
    }
}

/// What a report says at its end.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// How many rows came to what.
    #[serde(flatten)]
    pub tally: Tally,
    /// Items of the source that it did not send; only of a complete run.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub missing: Option<u64>,
    /// The first faulty rows, as the file tells them.
    pub faulty: Vec<Value>,
}

impl Summary {
    /// The faulty rows in words, one a line.
    pub fn told(&self) -> Vec<String> {
        // What a file says does not move the cursor of a terminal.
        let seen = |c: char| if c.is_control() { char::REPLACEMENT_CHARACTER } else { c };
        let text = |line: &Value, name: &str| -> String {
            line[name].as_str().unwrap_or_default().chars().map(seen).collect()
        };
        let tell = |line: &Value| {
            let place = match (text(line, "column"), text(line, "field")) {
                (column, _) if !column.is_empty() => format!(", column {column:?}"),
                (_, field) if !field.is_empty() => format!(", {field}"),
                _ => String::new(),
            };
            format!("row {}{place}: {} ({})", line["row"], text(line, "reason"), text(line, "code"))
        };
        self.faulty.iter().map(tell).collect()
    }
}

fn line(row: &Row, outcome: &str, answer: &Answer) -> Value {
    let mut line = json!({"row": row.line, "outcome": outcome});
    if let Ok(body) = &row.body {
        line["item"] = json!(brief(&shown(body)));
    }
    match answer {
        Ok(done) => {
            if !done.changes.is_empty() {
                line["changes"] = json!(done.changes);
            }
            if !done.notes.is_empty() {
                line["notes"] = json!(done.notes);
            }
        }
        Err(fault) => {
            line["code"] = json!(fault.code());
            line["reason"] = json!(brief(&fault.to_string()));
            if let Some(field) = fault.field() {
                line["field"] = json!(brief(field));
                let column = row.columns.as_ref().and_then(|columns| columns.get(field));
                if let Some(column) = column {
                    line["column"] = json!(column);
                }
            }
        }
    }
    line
}

/// The beginning of a text.
fn brief(text: &str) -> String {
    match text.char_indices().nth(BRIEF) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn shown(body: &Body) -> String {
    match body {
        Body::Item(item) if item.named.key.is_empty() => {
            let name = item.attributes.iter().find(|(name, _)| name == domain::cmdb::NAME);
            let name = name.map(|(_, said)| said.shown()).unwrap_or_default();
            format!("{} {name}", item.named.class)
        }
        Body::Item(item) => item.named.shown(),
        Body::Bond(bond) => {
            format!("{} {} {}", bond.from.shown(), bond.relation, bond.to.shown())
        }
        Body::Define(class) => format!("class {}", class.name),
        Body::Only(only) => format!("what has {} {}", only.relation, only.host.shown()),
    }
}

fn is_same(report: &Path, read: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(report).is_some_and(|report| Some(report) == real(read))
}

fn failed(path: &Path, error: &std::io::Error) -> CisError {
    CisError::Report { file: path.to_owned(), kind: error.kind() }
}

impl Change {
    /// A correction; `called` tells items by their names.
    pub(super) fn of(correction: &Correction, called: &BTreeMap<CiId, String>) -> Self {
        Self {
            field: correction.attribute.clone(),
            from: told(correction.from.as_ref(), called),
            to: told(correction.to.as_ref(), called),
        }
    }

    pub(super) fn related(relation: &str, to: String) -> Self {
        Self { field: relation.to_owned(), from: Value::Null, to: json!(to) }
    }

    pub(super) fn unrelated(relation: &str, from: String) -> Self {
        Self { field: relation.to_owned(), from: json!(from), to: Value::Null }
    }

    /// A source does not miss the item any more.
    pub(super) fn found_again(source: &str) -> Self {
        Self { field: "missing".to_owned(), from: json!(source), to: Value::Null }
    }

    /// An item that is retired.
    pub(super) fn retired(item: &str) -> Self {
        Self { field: "life".to_owned(), from: json!(item), to: json!("RETIRED") }
    }
}

/// A value; what tells of a person stays out of reports.
fn told(value: Option<&Stored>, called: &BTreeMap<CiId, String>) -> Value {
    match value {
        None => Value::Null,
        Some(Stored::Plain(Datum::List(all))) => all.iter().map(|it| plain(it, called)).collect(),
        Some(Stored::Plain(datum)) => plain(datum, called),
        Some(Stored::Personal(_)) => json!("(personal)"),
    }
}

fn plain(datum: &Datum, called: &BTreeMap<CiId, String>) -> Value {
    let name = datum.as_reference().and_then(|id| called.get(&CiId(id)));
    name.map_or_else(|| json!(datum), |name| json!(name))
}
