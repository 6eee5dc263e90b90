//! What became of each row: a tally of all, and a file that lists the odd ones.

use std::fs::File;
use std::io::Write;
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use domain::import::incident_log::Note;
use serde_json::json;
use tokio::sync::mpsc::Receiver;

use super::error::ImportError;
use super::{Options, Progress};

/// What became of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// Its commands were accepted; so many events came of it.
    Imported {
        /// How many.
        events: u64,
    },
    /// It was in already.
    Already,
    /// A command was refused; nothing of the row is stored.
    Refused {
        /// The refusal's code.
        code: String,
        /// Its sentence.
        why: String,
    },
    /// It is no row of this layout.
    Unreadable {
        /// What is wrong.
        why: String,
    },
}

/// A row's answer.
#[derive(Debug, Clone)]
pub(super) struct RowResult {
    pub(super) line: u64,
    pub(super) incident: String,
    pub(super) answer: Answer,
    pub(super) notes: Vec<Note>,
}

/// How many rows came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Rows of the file.
    pub rows: u64,
    /// Rows whose commands were accepted.
    pub imported: u64,
    /// Rows that were in already.
    pub already: u64,
    /// Rows refused or unreadable.
    pub refused: u64,
    /// Rows with a note in the report.
    pub noted: u64,
    /// Events of tickets that were stored.
    pub events: u64,
}

/// The report file. It is added to, and a row stands in it before it is stored: an import that is
/// killed and run again loses no line, but may tell one twice.
#[derive(Debug)]
pub(super) struct Report {
    path: PathBuf,
    /// The imported file's name: one report may tell of several.
    source: String,
    file: Mutex<File>,
}

impl Report {
    /// A dry run begins a new one.
    pub(super) fn open(options: &Options) -> Result<Self, ImportError> {
        let path = options.report.clone();
        let file = File::options()
            .create(true)
            .write(true)
            .append(!options.dry_run)
            .truncate(options.dry_run)
            .open(&path)
            .map_err(|error| ImportError::Report { file: path.clone(), kind: error.kind() })?;
        let source = options.file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { path, source, file: Mutex::new(file) })
    }

    /// Counts answers until there are no more; lists those rows that never became commands.
    pub(super) async fn collect(
        self: Arc<Self>,
        mut answers: Receiver<RowResult>,
        progress: Arc<Progress>,
    ) -> Result<Tally, ImportError> {
        let mut tally = Tally::default();
        let mut listed = Ok(());
        while let Some(result) = answers.recv().await {
            tally.count(&result);
            progress.row();
            if listed.is_ok() && matches!(result.answer, Answer::Unreadable { .. }) {
                listed = self.list(&result);
            }
        }
        listed.map(|()| tally)
    }

    /// Writes a row down, if there is anything to tell about it.
    pub(super) fn list(&self, result: &RowResult) -> Result<(), ImportError> {
        let (outcome, why) = match &result.answer {
            Answer::Imported { .. } | Answer::Already if result.notes.is_empty() => return Ok(()),
            Answer::Imported { .. } => ("IMPORTED", None),
            Answer::Already => ("ALREADY_IMPORTED", None),
            Answer::Refused { code, why } => ("REFUSED", Some(format!("{code}: {why}"))),
            Answer::Unreadable { why } => ("UNREADABLE", Some(why.clone())),
        };
        let notes: Vec<_> = result
            .notes
            .iter()
            .map(|note| json!({"code": note.code(), "sentence": note.to_string()}))
            .collect();
        let line = json!({
            "file": self.source,
            "line": result.line,
            "incident": result.incident,
            "outcome": outcome,
            "why": why,
            "notes": notes,
        });
        // One write a line: lines of several workers must not mix.
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        file.write_all(format!("{line}\n").as_bytes())
            .map_err(|error| ImportError::Report { file: self.path.clone(), kind: error.kind() })
    }
}

impl Tally {
    fn count(&mut self, result: &RowResult) {
        self.rows += 1;
        self.noted += u64::from(!result.notes.is_empty());
        match result.answer {
            Answer::Imported { events } => {
                self.imported += 1;
                self.events += events;
            }
            Answer::Already => self.already += 1,
            Answer::Refused { .. } | Answer::Unreadable { .. } => self.refused += 1,
        }
    }
}
