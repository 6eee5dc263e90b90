//! `postmaster.pid`: reading it, deciding whether it speaks of a living server, and healing one
//! that a killed server left behind.

use std::ffi::OsStr;
use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::os::unix::ffi::OsStrExt;
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::error::ClusterError;
use super::owner::Owner;
use super::places::Places;
use super::process;

/// What `postmaster.pid` says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct PidFile {
    /// Always positive; see `standalone`.
    pub pid: i32,
    /// The file has the number with a minus: `initdb` or single-user mode, no server.
    pub standalone: bool,
    /// Line 5; empty before the server has its socket.
    pub socket_dir: Option<PathBuf>,
    /// Line 8: `starting`, `ready`, `stopping`, `standby`.
    pub status: String,
}

impl PidFile {
    /// `None` for an empty or torn file.
    pub(super) fn parse(bytes: &[u8]) -> Option<PidFile> {
        let lines: Vec<&[u8]> = bytes.split(|&byte| byte == b'\n').collect();
        let number: i64 = std::str::from_utf8(lines.first()?).ok()?.trim().parse().ok()?;
        let pid = i32::try_from(number.checked_abs()?).ok().filter(|&pid| pid > 0)?;
        let line = |at: usize| lines.get(at).map(|line| line.trim_ascii()).unwrap_or_default();
        let socket_dir = (!line(4).is_empty()).then(|| PathBuf::from(OsStr::from_bytes(line(4))));
        let status = String::from_utf8_lossy(line(7)).into_owned();
        Some(PidFile { pid, standalone: number < 0, socket_dir, status })
    }

    pub(super) fn is_ready(&self) -> bool {
        !self.standalone && self.status == "ready"
    }
}

/// Reads the file; `Ok(None)` when it is missing or makes no sense.
pub(super) fn read(data: &Path) -> Result<Option<PidFile>, ClusterError> {
    let path = data.join("postmaster.pid");
    match fs::read(&path) {
        Ok(bytes) => Ok(PidFile::parse(&bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(ClusterError::io("reading", &path)(error)),
    }
}

/// The process that the file names, when it lives and works in this data folder.
pub(super) fn living(data: &Path, owner: &Owner) -> Result<Option<PidFile>, ClusterError> {
    Ok(read(data)?.filter(|file| process::works_in(file.pid, data, owner)))
}

/// Makes a start possible over what a killed server left. Call it only when no process works in
/// the data folder.
///
/// The first line becomes our own number: PostgreSQL takes a file with its parent's number as
/// stale, but still makes sure that no process is attached to the old shared memory. Deleting the
/// file would skip that.
pub(super) fn heal(places: &Places, owner: &Owner) -> Result<(), ClusterError> {
    let path = places.data().join("postmaster.pid");
    match fs::read(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => {}
        Err(error) => return Err(ClusterError::io("reading", &path)(error)),
        Ok(bytes) if PidFile::parse(&bytes).is_none() => {
            // Torn: it has no memory segment to check, and PostgreSQL would refuse it.
            fs::remove_file(&path).map_err(ClusterError::io("removing", &path))?;
        }
        Ok(bytes) => {
            let rest = bytes.iter().position(|&byte| byte == b'\n').unwrap_or(bytes.len());
            let mut healed = std::process::id().to_string().into_bytes();
            healed.extend_from_slice(&bytes[rest..]);
            replace(&path, &healed, owner)?;
        }
    }
    for stale in [places.socket(), with_suffix(&places.socket(), ".lock")] {
        match fs::remove_file(&stale) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                return Err(ClusterError::io("removing", &stale)(error));
            }
            _ => {}
        }
    }
    Ok(())
}

/// Whole or not at all: an empty pid file stops PostgreSQL for good.
fn replace(path: &Path, bytes: &[u8], owner: &Owner) -> Result<(), ClusterError> {
    let temporary = with_suffix(path, ".healed");
    OpenOptions::new()
        .write(true)
        .create(true)
        .truncate(true)
        .mode(0o600)
        .open(&temporary)
        .and_then(|mut file| file.write_all(bytes))
        .map_err(ClusterError::io("writing", &temporary))?;
    owner.give(&temporary)?;
    fs::rename(&temporary, path).map_err(ClusterError::io("writing", path))
}

fn with_suffix(path: &Path, suffix: &str) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(suffix);
    PathBuf::from(name)
}
