//! The keys that were destroyed, written down outside the database: `log/erasures` beside the key file.
//!
//! One line a key, `<key id> person:<id>`, on disk before the key is destroyed, never taken back. It tells
//! a restored database what it must not know, so it is backed up apart from it, and always the newest.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Seek, SeekFrom, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use domain::kernel::{DataSubject, PersonId};
use rustix::fs::{FlockOperation, flock};
use uuid::Uuid;

use crate::seal::sync_folder;

/// Below the folder of the key file.
const PLACE: [&str; 2] = ["log", "erasures"];
/// A line is a key and a person; whatever is longer is neither.
const LINE_MAX: usize = 128;

/// The file; cheap to clone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    path: PathBuf,
}

/// A key that was destroyed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Entry {
    /// Which.
    pub key_id: Uuid,
    /// Whose. Annals' own keys are never destroyed, whatever anybody writes here.
    pub person: PersonId,
}

/// The file cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum LedgerError {
    /// It cannot be read or written.
    #[error("the ledger of erasures {}: {kind}", .path.display())]
    File {
        /// Where it is.
        path: PathBuf,
        /// What the system said.
        kind: ErrorKind,
    },
    /// Somebody has changed it.
    #[error("line {line} of the ledger of erasures {} names no key", .path.display())]
    Line {
        /// Where it is.
        path: PathBuf,
        /// Which one, from 1.
        line: usize,
    },
}

impl Ledger {
    /// That of the deployment in this folder; made when it is first written.
    pub fn of(data_dir: &Path) -> Self {
        Self { path: data_dir.join(PLACE[0]).join(PLACE[1]) }
    }

    /// Where it is.
    pub fn path(&self) -> &Path {
        &self.path
    }

    /// What it holds; nothing when there is none.
    pub fn entries(&self) -> Result<BTreeSet<Entry>, LedgerError> {
        match fs::read(&self.path) {
            Ok(bytes) => self.parse(whole_lines(&bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(BTreeSet::new()),
            Err(error) => Err(self.failed(&error)),
        }
    }

    /// Writes down what it does not hold yet, and returns when it is on disk.
    pub fn add(&self, entries: &BTreeSet<Entry>) -> Result<(), LedgerError> {
        let failed = |error: std::io::Error| self.failed(&error);
        let mut file = self.open().map_err(failed)?;
        // Two processes must not write into each other's lines; given back with the file.
        flock(&file, FlockOperation::LockExclusive).map_err(|error| failed(error.into()))?;
        let mut bytes = Vec::new();
        file.read_to_end(&mut bytes).map_err(failed)?;
        let whole = whole_lines(&bytes);
        let known = self.parse(whole)?;
        let missing: String = entries
            .difference(&known)
            .map(|entry| format!("{} {}\n", entry.key_id, DataSubject::Person(entry.person)))
            .collect();
        // Half a line is of somebody who was killed before the key was destroyed: it is told again.
        let end = u64::try_from(whole.len()).unwrap_or(u64::MAX);
        file.set_len(end).map_err(failed)?;
        file.seek(SeekFrom::Start(end)).map_err(failed)?;
        file.write_all(missing.as_bytes()).map_err(failed)?;
        file.sync_all().map_err(failed)?;
        sync_folder(&self.path).map_err(failed)
    }

    fn open(&self) -> std::io::Result<File> {
        if let Some(folder) = self.path.parent().filter(|folder| !folder.is_dir()) {
            fs::create_dir_all(folder)?;
            sync_folder(folder)?;
        }
        let mut options = fs::OpenOptions::new();
        options.read(true).write(true).create(true).truncate(false).mode(0o600).open(&self.path)
    }

    fn parse(&self, bytes: &[u8]) -> Result<BTreeSet<Entry>, LedgerError> {
        let lines = bytes.split(|byte| *byte == b'\n').enumerate();
        let entry = |(place, line): (usize, &[u8])| match parse(line) {
            Some(entry) => Ok(entry),
            None => Err(LedgerError::Line { path: self.path.clone(), line: place + 1 }),
        };
        // What ends with a line break has an empty rest behind it.
        let lines = lines.filter(|(_, line)| !line.is_empty());
        lines.map(entry).collect()
    }

    fn failed(&self, error: &std::io::Error) -> LedgerError {
        LedgerError::File { path: self.path.clone(), kind: error.kind() }
    }
}

/// Without a last line that was never finished.
fn whole_lines(bytes: &[u8]) -> &[u8] {
    let end = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |place| place + 1);
    &bytes[..end]
}

fn parse(line: &[u8]) -> Option<Entry> {
    if line.len() > LINE_MAX {
        return None;
    }
    let (key_id, subject) = std::str::from_utf8(line).ok()?.split_once(' ')?;
    let Ok(DataSubject::Person(person)) = subject.parse() else { return None };
    Some(Entry { key_id: Uuid::parse_str(key_id).ok()?, person })
}
