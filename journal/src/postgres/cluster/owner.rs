//! Which user of the operating system runs PostgreSQL, and running commands as that user.
//!
//! PostgreSQL refuses to run as root. An ordinary user runs it themselves; root runs it as the
//! owner of an existing data folder, else as `postgres`, else as `nobody`.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::error::ClusterError;

/// A locale that every PostgreSQL build finds; an inherited one may be missing on the machine.
pub(super) const LOCALE: &str = if cfg!(target_os = "linux") { "C.UTF-8" } else { "C" };

/// Whether this process is root.
pub(super) fn is_root() -> bool {
    rustix::process::geteuid().is_root()
}

/// The user who runs PostgreSQL.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Owner {
    uid: u32,
    gid: u32,
    name: String,
    /// We are root and become that user for each command.
    switches: bool,
}

impl Owner {
    /// Who shall own a cluster that is not there yet.
    pub(super) fn of_new() -> Result<Owner, ClusterError> {
        if !is_root() {
            return Ok(Owner::current());
        }
        ["postgres", "nobody"].into_iter().find_map(Owner::named).ok_or(ClusterError::NoUser)
    }

    /// Who owns an existing data folder; only root may act for somebody else.
    pub(super) fn of_existing(data: &Path) -> Result<Owner, ClusterError> {
        let found = fs::metadata(data).map_err(ClusterError::io("reading", data))?;
        let (uid, gid) = (found.uid(), found.gid());
        let data = data.to_path_buf();
        match (is_root(), uid == rustix::process::geteuid().as_raw()) {
            (true, true) => Err(ClusterError::OwnedByRoot { data }),
            (true, false) => Ok(Owner { uid, gid, name: name_of(uid), switches: true }),
            (false, true) => Ok(Owner::current()),
            (false, false) => Err(ClusterError::OtherOwner { data, user: name_of(uid) }),
        }
    }

    fn current() -> Owner {
        let uid = rustix::process::geteuid().as_raw();
        let gid = rustix::process::getegid().as_raw();
        Owner { uid, gid, name: name_of(uid), switches: false }
    }

    /// A user by name, asked from `id` so that every source of users counts.
    fn named(name: &str) -> Option<Owner> {
        let uid = id(&["-u", name])?.parse().ok()?;
        let gid = id(&["-g", name])?.parse().ok()?;
        Some(Owner { uid, gid, name: name.to_owned(), switches: true })
    }

    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn uid(&self) -> u32 {
        self.uid
    }

    /// Whether commands run as somebody else than this process.
    pub(super) fn switches(&self) -> bool {
        self.switches
    }

    /// A command that runs as this user: a clean environment, working folder `/`, no input.
    pub(super) fn command(&self, program: impl AsRef<Path>) -> Command {
        let mut command = Command::new(program.as_ref());
        command
            .env_clear()
            .env("PATH", "/usr/local/bin:/usr/bin:/bin")
            .env("LC_ALL", LOCALE)
            .env("TZ", "UTC")
            .current_dir("/")
            .stdin(Stdio::null());
        if self.switches {
            // Also drops the supplementary groups.
            command.uid(self.uid).gid(self.gid);
        }
        command
    }

    /// Whether this user can pass through `folder`, asked by trying it as that user: modes alone
    /// do not tell (access lists, network file systems).
    pub(super) fn reaches(&self, folder: &Path) -> bool {
        self.command("/bin/sh")
            .args(["-c", "test -x \"$1\"", "sh"])
            .arg(folder)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .status()
            .is_ok_and(|status| status.success())
    }

    /// Makes a file or folder this user's own.
    pub(super) fn give(&self, path: &Path) -> Result<(), ClusterError> {
        if !self.switches {
            return Ok(());
        }
        chown(path, Some(self.uid), Some(self.gid)).map_err(ClusterError::io("giving away", path))
    }
}

fn name_of(uid: u32) -> String {
    id(&["-nu", &uid.to_string()]).unwrap_or_else(|| format!("with the number {uid}"))
}

fn id(arguments: &[&str]) -> Option<String> {
    let output = Command::new("id").args(arguments).stderr(Stdio::null()).output().ok()?;
    let text = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !text.is_empty()).then_some(text)
}
