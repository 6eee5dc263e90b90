//! Looking at processes: which of PostgreSQL's work in a data folder, and signalling them.
//!
//! A process counts by its working folder, not by a number in a file: numbers are reused, and a
//! process that ended but was not waited for has a number and no working folder.

use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use rustix::process::{Pid, Signal, kill_process};

use super::error::ClusterError;
use super::owner::Owner;

/// How long backends of a dead postmaster may notice it by themselves.
const PATIENCE: Duration = Duration::from_millis(1500);
/// After this they are killed outright, and after as long again we give up.
const END_OF_PATIENCE: Duration = Duration::from_secs(6);

/// Sends a signal to one process. `pid` has to be positive: a negative number would reach a whole
/// process group, and PostgreSQL does write negative numbers into its files.
pub(super) fn signal(pid: i32, signal: Signal) {
    if let Some(pid) = Pid::from_raw(pid).filter(|_| pid > 1) {
        // Already gone is as good; anything else shows when the process stays.
        let _ = kill_process(pid, signal);
    }
}

/// Waits until no process of PostgreSQL works in `data`, helping after a while: SIGQUIT makes a
/// backend or `initdb` end at once.
pub(super) fn clear(data: &Path, owner: &Owner) -> Result<(), ClusterError> {
    let begun = Instant::now();
    loop {
        let found = working_in(data, owner);
        let Some(&pid) = found.first() else { return Ok(()) };
        let waited = begun.elapsed();
        if waited > END_OF_PATIENCE * 2 {
            return Err(ClusterError::Orphaned { pid, data: data.to_path_buf() });
        }
        if waited > PATIENCE {
            let kind = if waited > END_OF_PATIENCE { Signal::KILL } else { Signal::QUIT };
            found.into_iter().for_each(|pid| signal(pid, kind));
        }
        sleep(Duration::from_millis(50));
    }
}

#[cfg(target_os = "linux")]
pub(super) use linux::{working_in, works_in};
#[cfg(not(target_os = "linux"))]
pub(super) use other::{working_in, works_in};

#[cfg(target_os = "linux")]
mod linux {
    use std::ffi::OsString;
    use std::fs;
    use std::io;
    use std::os::unix::ffi::OsStringExt;
    use std::os::unix::fs::MetadataExt;
    use std::path::{Path, PathBuf};

    use super::super::owner::Owner;

    /// Whether process `pid` is one of PostgreSQL's and works in `data`.
    pub(in super::super) fn works_in(pid: i32, data: &Path, owner: &Owner) -> bool {
        let folder = PathBuf::from(format!("/proc/{pid}"));
        is_postgres(&folder) && working_folder(&folder, owner).is_some_and(|found| found == data)
    }

    /// All such processes.
    pub(in super::super) fn working_in(data: &Path, owner: &Owner) -> Vec<i32> {
        let Ok(entries) = fs::read_dir("/proc") else { return Vec::new() };
        entries
            .flatten()
            .filter(|entry| entry.metadata().is_ok_and(|found| found.uid() == owner.uid()))
            .filter_map(|entry| entry.file_name().to_str()?.parse().ok())
            .filter(|&pid| works_in(pid, data, owner))
            .collect()
    }

    /// By program name, which PostgreSQL does not change: a shell or a pager that somebody opened
    /// in the data folder is none of our business.
    fn is_postgres(process: &Path) -> bool {
        fs::read_to_string(process.join("comm"))
            .is_ok_and(|name| matches!(name.trim_end(), "postgres" | "postmaster" | "initdb"))
    }

    fn working_folder(process: &Path, owner: &Owner) -> Option<PathBuf> {
        let link = process.join("cwd");
        match fs::read_link(&link) {
            Ok(folder) => Some(folder),
            // Root without the right to trace (containers): the owner may look at its own.
            Err(error) if error.kind() == io::ErrorKind::PermissionDenied && owner.switches() => {
                let output = owner.command("readlink").arg("-n").arg(&link).output().ok()?;
                let found = PathBuf::from(OsString::from_vec(output.stdout));
                output.status.success().then_some(found)
            }
            Err(_) => None,
        }
    }
}

#[cfg(not(target_os = "linux"))]
mod other {
    use std::path::Path;
    use std::process::Command;

    use super::super::owner::Owner;

    /// Whether process `pid` is a postmaster or `initdb` of `data`.
    pub(in super::super) fn works_in(pid: i32, data: &Path, owner: &Owner) -> bool {
        working_in(data, owner).contains(&pid)
    }

    /// Without `/proc` only those that name the folder in their arguments are found: backends
    /// are not, so a busy one that outlives its postmaster delays the start until it ends.
    pub(in super::super) fn working_in(data: &Path, _: &Owner) -> Vec<i32> {
        let Some(data) = data.to_str() else { return Vec::new() };
        let Ok(output) = Command::new("ps").args(["-axo", "pid=,stat=,args="]).output() else {
            return Vec::new();
        };
        String::from_utf8_lossy(&output.stdout)
            .lines()
            .filter_map(|line| {
                let (pid, rest) = line.trim_start().split_once(' ')?;
                let (stat, arguments) = rest.trim_start().split_once(' ')?;
                let ours = !stat.starts_with('Z')
                    && (arguments.contains("postgres") || arguments.contains("initdb"))
                    && arguments.contains(&format!("-D {data} "));
                ours.then(|| pid.parse().ok())?
            })
            .collect()
    }
}
