//! What became of each line: a file that answers all of them, and a tally.

use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};

use super::Options;
use super::error::CommandsError;
use super::fault::Fault;

/// What became of a line.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Outcome {
    /// Its command was accepted.
    Done,
    /// It was in already.
    Repeated,
    /// It fits; a dry run does no more.
    Fit,
    /// It says something that cannot be done; nothing of it is stored, unless it has items.
    Refused(Refusal),
}

/// Why a line was refused.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Refusal {
    pub(super) code: String,
    pub(super) message: String,
    pub(super) field: Option<Vec<String>>,
    pub(super) meta: Value,
}

/// A line's answer.
#[derive(Debug, Clone)]
pub(super) struct Answer {
    pub(super) line: u64,
    pub(super) reference: Option<String>,
    pub(super) outcome: Outcome,
    /// Global ids of what it returned.
    pub(super) ids: Vec<String>,
}

/// How many lines came to what.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Tally {
    /// Lines of the file that are not blank.
    pub lines: u64,
    /// Lines whose command was accepted now; in a dry run: those that fit.
    pub done: u64,
    /// Lines that were in already.
    pub repeated: u64,
    /// Lines refused.
    pub refused: u64,
}

/// The report file; each run writes it anew, since it answers every line again.
#[derive(Debug)]
pub(super) struct Report {
    path: PathBuf,
    source: String,
    file: File,
    tally: Tally,
}

impl Report {
    /// The commands themselves are not written over.
    pub(super) fn begin(options: &Options) -> Result<Self, CommandsError> {
        let path = options.report.clone();
        if is_same(&path, &options.file) {
            return Err(CommandsError::SameFile(path));
        }
        let file = File::create(&path)
            .map_err(|error| CommandsError::Report { file: path.clone(), kind: error.kind() })?;
        Ok(Self { path, source: options.source(), file, tally: Tally::default() })
    }

    /// One write a line: a run that is killed leaves whole ones.
    pub(super) fn add(&mut self, answer: &Answer) -> Result<(), CommandsError> {
        let tally = &mut self.tally;
        tally.lines += 1;
        let (outcome, refusal) = match &answer.outcome {
            Outcome::Done => ("DONE", None),
            Outcome::Fit => ("FIT", None),
            Outcome::Repeated => ("REPEATED", None),
            Outcome::Refused(refusal) => ("REFUSED", Some(refusal)),
        };
        match &answer.outcome {
            Outcome::Done | Outcome::Fit => tally.done += 1,
            Outcome::Repeated => tally.repeated += 1,
            Outcome::Refused(_) => tally.refused += 1,
        }
        let line = json!({
            "file": self.source,
            "line": answer.line,
            "ref": answer.reference,
            "outcome": outcome,
            "code": refusal.map(|refusal| &refusal.code),
            "message": refusal.map(|refusal| &refusal.message),
            "field": refusal.and_then(|refusal| refusal.field.as_ref()),
            "meta": refusal.map(|refusal| &refusal.meta),
            "ids": answer.ids,
        });
        self.file
            .write_all(format!("{line}\n").as_bytes())
            .map_err(|error| CommandsError::Report { file: self.path.clone(), kind: error.kind() })
    }

    pub(super) fn tally(&self) -> Tally {
        self.tally
    }
}

impl From<&Fault> for Refusal {
    fn from(fault: &Fault) -> Self {
        Self {
            code: fault.code().to_owned(),
            message: fault.to_string(),
            field: fault.field(),
            meta: Value::Null,
        }
    }
}

fn is_same(report: &Path, commands: &Path) -> bool {
    let real = |path: &Path| path.canonicalize().ok();
    real(report).is_some_and(|report| Some(report) == real(commands))
}
