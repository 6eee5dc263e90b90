//! How far a verification had come, in a file: for whoever is interrupted.
//!
//! What it says is believed: who keeps one keeps it where nobody else writes.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use journal::verify::{Reached, Step};

use crate::failure::Failure;

/// How often it is noted.
const EVERY: Duration = Duration::from_secs(2);
/// Longer ones are none of ours.
const LARGEST: u64 = 1 << 16;

/// The file, if there is to be one.
#[derive(Debug)]
pub(super) struct Notes<'a> {
    path: Option<&'a Path>,
    begun: Reached,
    noted: Option<Instant>,
    /// What the file could not be written for.
    fault: Option<std::io::Error>,
}

impl<'a> Notes<'a> {
    /// What an earlier run left; nothing, when none was interrupted.
    pub(super) fn open(path: Option<&'a Path>) -> Result<Self, Failure> {
        let begun = match path {
            Some(path) => read(path)?.unwrap_or_default(),
            None => Reached::default(),
        };
        Ok(Self { path, begun, noted: None, fault: None })
    }

    /// From where to go on.
    pub(super) fn begun(&self) -> Reached {
        self.begun.clone()
    }

    /// Notes a step now and then, and the first one.
    pub(super) fn take(&mut self, step: &Step<'_>) {
        let Some(path) = self.path else { return };
        if self.noted.is_some_and(|noted| noted.elapsed() < EVERY) {
            return;
        }
        self.noted = Some(Instant::now());
        // A whole file or the one before: an interruption may come in between.
        let new = beside(path);
        let text = serde_json::json!(step.reached()).to_string();
        let written = fs::write(&new, text).and_then(|()| fs::rename(&new, path));
        self.fault = written.err().or(self.fault.take());
    }

    /// Read to the end: nothing is left to go on with.
    pub(super) fn close(self) -> Result<(), Failure> {
        let Some(path) = self.path else { return Ok(()) };
        if let Some(error) = self.fault {
            return Err(Failure::Incomplete(format!("{}: {}", path.display(), error.kind())));
        }
        match fs::remove_file(path) {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(Failure::Incomplete(format!("{}: {}", path.display(), error.kind())))
            }
            _ => Ok(()),
        }
    }
}

fn read(path: &Path) -> Result<Option<Reached>, Failure> {
    let fault = |why: String| Failure::BadInput(format!("{}: {why}", path.display()));
    match fs::metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(fault(error.kind().to_string())),
        Ok(found) if found.len() > LARGEST => return Err(fault("it is too large".to_owned())),
        Ok(_) => {}
    }
    let text = fs::read(path).map_err(|error| fault(error.kind().to_string()))?;
    let reached = serde_json::from_slice(&text);
    reached.map(Some).map_err(|_| fault("it is not what replay verify notes".to_owned()))
}

fn beside(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".new");
    name.into()
}
