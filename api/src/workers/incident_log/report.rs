//! What became of each row: a tally of all, and a file that lists the odd ones.

use std::fs::File;
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use domain::import::incident_log::Note;
use serde_json::json;
use tokio::sync::mpsc::Receiver;

use super::Progress;
use super::error::ImportError;

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

/// The report file.
pub(super) struct Report {
    path: PathBuf,
    file: BufWriter<File>,
}

impl Report {
    pub(super) fn create(path: &Path) -> Result<Self, ImportError> {
        let file = File::create(path)
            .map_err(|error| ImportError::Report { file: path.to_owned(), kind: error.kind() })?;
        Ok(Self { path: path.to_owned(), file: BufWriter::new(file) })
    }

    /// Takes answers until there are no more.
    pub(super) async fn collect(
        mut self,
        mut answers: Receiver<RowResult>,
        progress: Arc<Progress>,
    ) -> Result<Tally, ImportError> {
        let mut tally = Tally::default();
        let mut written = Ok(());
        while let Some(result) = answers.recv().await {
            tally.count(&result);
            progress.row();
            if written.is_ok() {
                written = self.list(&result);
            }
        }
        written
            .and_then(|()| self.file.flush())
            .map_err(|error| ImportError::Report { file: self.path, kind: error.kind() })?;
        Ok(tally)
    }

    fn list(&mut self, result: &RowResult) -> std::io::Result<()> {
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
            "line": result.line,
            "incident": result.incident,
            "outcome": outcome,
            "why": why,
            "notes": notes,
        });
        writeln!(self.file, "{line}")
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
