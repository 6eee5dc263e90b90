//! The receipts whose events are not in the signed log yet: `log/receipts`, one note behind the other.
//!
//! Processes that share the folder take turns by a lock beside it.

use std::collections::BTreeSet;
use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::PathBuf;

use rustix::fs::{FlockOperation, flock};

use crate::signer::files::replace;
use crate::signer::{Checkpoints, Folder, SignError};

/// A file this large takes no more: some 50,000 that wait, when one is signed every second.
const LARGEST: u64 = 32 << 20;

#[derive(Debug, Clone)]
pub(super) struct Pending {
    path: PathBuf,
}

impl Pending {
    pub(super) fn of(folder: &Folder) -> Self {
        Self { path: folder.log().join("receipts") }
    }

    /// Keeps these; returns when they last.
    pub(super) async fn add(&self, notes: Vec<String>) -> Result<(), SignError> {
        self.aside(move |this| {
            let _lock = this.locked()?;
            let fault = || SignError::file(&this.path);
            let file = OpenOptions::new().append(true).create(true).open(&this.path);
            let mut file = file.map_err(fault())?;
            // What was half written when somebody was killed was answered to nobody.
            let whole: u64 = this.read()?.iter().map(|note| note.len() as u64 + 1).sum();
            if file.metadata().map_err(fault())?.len() > whole {
                file.set_len(whole).map_err(fault())?;
            }
            if whole > LARGEST {
                return Err(fault()(ErrorKind::FileTooLarge.into()));
            }
            let text: String = notes.iter().map(|note| format!("{note}\n")).collect();
            file.write_all(text.as_bytes()).and_then(|()| file.sync_data()).map_err(fault())
        })
        .await
    }

    /// All of them.
    pub(super) async fn all(&self) -> Result<Vec<Vec<u8>>, SignError> {
        self.aside(|this| {
            let _lock = this.locked()?;
            this.read()
        })
        .await
    }

    /// Forgets these.
    pub(super) async fn forget(&self, notes: BTreeSet<Vec<u8>>) -> Result<(), SignError> {
        self.aside(move |this| {
            let _lock = this.locked()?;
            let mut rest = Vec::new();
            for note in this.read()?.into_iter().filter(|note| !notes.contains(note)) {
                rest.extend(note);
                rest.push(b'\n');
            }
            replace(&this.path, &rest, 0o644).map_err(SignError::file(&this.path))
        })
        .await
    }

    fn read(&self) -> Result<Vec<Vec<u8>>, SignError> {
        let mut notes = match Checkpoints::open(&self.path) {
            Ok(notes) => notes,
            Err(SignError::File { kind: ErrorKind::NotFound, .. }) => return Ok(Vec::new()),
            Err(error) => return Err(error),
        };
        let mut found = Vec::new();
        while let Some(note) = notes.next_note()? {
            found.push(note);
        }
        Ok(found)
    }

    /// Held as long as the file is open.
    fn locked(&self) -> Result<File, SignError> {
        let path = self.path.with_extension("lock");
        let lock = || -> io::Result<File> {
            if let Some(folder) = path.parent() {
                fs::create_dir_all(folder)?;
            }
            let mut options = OpenOptions::new();
            let file = options.write(true).create(true).truncate(false).open(&path)?;
            flock(&file, FlockOperation::LockExclusive)?;
            Ok(file)
        };
        lock().map_err(SignError::file(&path))
    }

    /// In the background: it waits for the disk, and for others.
    async fn aside<T: Send + 'static>(
        &self,
        work: impl FnOnce(&Self) -> Result<T, SignError> + Send + 'static,
    ) -> Result<T, SignError> {
        let this = self.clone();
        let done = tokio::task::spawn_blocking(move || work(&this)).await;
        done.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic()))
    }
}
