//! `keeper.lock`: held while a keeper lives, and its text says what the keeper is doing.
//!
//! This is what a user who finds a keeper at work reads, instead of guessing from process numbers,
//! which mean nothing in another container.

use std::ffi::OsStr;
use std::fs::{File, TryLockError};
use std::io::{Read, Seek, SeekFrom, Write};
use std::os::unix::ffi::OsStrExt;
use std::path::{Path, PathBuf};
use std::thread::sleep;
use std::time::Duration;

use super::error::ClusterError;
use super::places::Home;

const NAME: &str = "keeper.lock";

/// What a keeper is doing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum State {
    /// Making, starting or restarting PostgreSQL.
    Starting,
    /// PostgreSQL answers in this folder.
    Ready(PathBuf),
    /// PostgreSQL died and could not be started again yet; the sentence says why.
    Failing(String),
    /// The last user left.
    Stopping,
}

/// The keeper's own hold on the file.
#[derive(Debug)]
pub(super) struct Held {
    file: File,
    path: PathBuf,
}

impl Held {
    /// Becomes the keeper of `home`; `None` when another one is at work.
    pub(super) fn take(home: &Home) -> Result<Option<Held>, ClusterError> {
        let file = home.open_file(NAME)?;
        let path = home.path().join(NAME);
        // A user who looks whether a keeper lives holds the lock for an instant.
        for _ in 0..20 {
            match file.try_lock() {
                Ok(()) => return Ok(Some(Held { file, path })),
                Err(TryLockError::WouldBlock) => sleep(Duration::from_millis(20)),
                Err(TryLockError::Error(error)) => {
                    return Err(ClusterError::io("locking", &path)(error));
                }
            }
        }
        Ok(None)
    }

    /// Says what the keeper is doing now.
    pub(super) fn say(&mut self, state: &State) -> Result<(), ClusterError> {
        let mut bytes = Vec::new();
        match state {
            State::Starting => bytes.extend(b"starting\n"),
            State::Ready(folder) => {
                bytes.extend(b"ready\n");
                bytes.extend(folder.as_os_str().as_bytes());
            }
            State::Failing(sentence) => {
                bytes.extend(b"failing\n");
                bytes.extend(sentence.as_bytes());
            }
            State::Stopping => bytes.extend(b"stopping\n"),
        }
        self.file
            .set_len(0)
            .and_then(|()| self.file.seek(SeekFrom::Start(0)))
            .and_then(|_| self.file.write_all(&bytes))
            .map_err(ClusterError::io("writing", &self.path))
    }

    /// Lets go before the process ends: whoever waits for the users' lock must not find this one
    /// held by a keeper that is only just ending.
    pub(super) fn release(self) {
        // Closing the file would do it too, unless a child being started has a copy.
        let _ = self.file.unlock();
    }
}

/// What a user sees.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Seen {
    /// No keeper lives.
    Nobody,
    /// A keeper lives and says this. An empty or torn text reads as [`State::Starting`].
    Keeper(State),
}

/// Looks whether a keeper lives and what it says.
pub(super) fn look(home: &Home) -> Result<Seen, ClusterError> {
    let mut file = home.open_file(NAME)?;
    let path = home.path().join(NAME);
    // Shared, so that two who look at once do not take each other for a keeper.
    match file.try_lock_shared() {
        Ok(()) => {
            file.unlock().map_err(ClusterError::io("unlocking", &path))?;
            return Ok(Seen::Nobody);
        }
        Err(TryLockError::WouldBlock) => {}
        Err(TryLockError::Error(error)) => return Err(ClusterError::io("locking", &path)(error)),
    }
    Ok(Seen::Keeper(said(&mut file, &path)?))
}

/// Whether the last keeper is gone and did not say that it stops: its PostgreSQL may still run.
pub(super) fn was_killed(home: &Home) -> Result<bool, ClusterError> {
    if look(home)? != Seen::Nobody {
        return Ok(false);
    }
    let last_words = said(&mut home.open_file(NAME)?, &home.path().join(NAME))?;
    Ok(last_words != State::Stopping)
}

fn said(file: &mut File, path: &Path) -> Result<State, ClusterError> {
    let mut bytes = Vec::new();
    file.read_to_end(&mut bytes).map_err(ClusterError::io("reading", path))?;
    Ok(parse(&bytes))
}

fn parse(bytes: &[u8]) -> State {
    let end = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
    let rest = bytes.get(end + 1..).unwrap_or_default();
    match &bytes[..end] {
        b"ready" if !rest.is_empty() => State::Ready(Path::new(OsStr::from_bytes(rest)).into()),
        b"failing" => State::Failing(String::from_utf8_lossy(rest).into_owned()),
        b"stopping" => State::Stopping,
        _ => State::Starting,
    }
}
