//! Finding the keeper of a folder, or starting one, and waiting for its end.

use std::fs::File;
use std::io::{BufRead, BufReader};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::error::ClusterError;
use super::join::ClusterOptions;
use super::keeper::{BUSY, FAILED, NOTICE, READY, SAYS};
use super::places::Home;
use super::settings::Purpose;
use super::state::{Seen, State, look};

const START: &str = "start.lock";
/// How long a keeper that cannot restart PostgreSQL is given before its reason is passed on.
const FAILING: Duration = Duration::from_secs(10);
/// How long `leave` waits for PostgreSQL to stop.
const LEAVING: Duration = Duration::from_secs(10);

/// How the keeper process is started.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub enum KeeperCommand {
    /// This program, as `PROGRAM keeper FOLDER PURPOSE`.
    #[default]
    ThisProgram,
    /// Another program, as `PROGRAM keeper FOLDER PURPOSE`.
    Program(PathBuf),
    /// This test binary, which has [`keeper_entry!`](crate::keeper_entry) in it.
    TestEntry,
}

impl KeeperCommand {
    fn command(&self, folder: &Path, purpose: Purpose) -> Result<Command, ClusterError> {
        let program = match self {
            KeeperCommand::Program(program) => program.clone(),
            KeeperCommand::ThisProgram | KeeperCommand::TestEntry => std::env::current_exe()
                .map_err(|source| ClusterError::NoKeeper {
                    program: "this program".into(),
                    source,
                })?,
        };
        let mut command = Command::new(program);
        match self {
            KeeperCommand::TestEntry => command
                .args(["keeper_entry", "--nocapture"])
                .env(super::testing::FOLDER, folder)
                .env(super::testing::PURPOSE, purpose.to_string()),
            _ => command.arg("keeper").arg(folder).arg(purpose.to_string()),
        };
        Ok(command)
    }
}

/// Finds or starts a keeper and waits until PostgreSQL is ready. The caller holds the users' lock.
/// Returns the socket folder, and the keeper when it was started here.
pub(super) fn attach(
    home: &Home,
    options: &ClusterOptions,
    notices: &mut Vec<String>,
) -> Result<(PathBuf, Option<Child>), ClusterError> {
    let start = home.open_file(START)?;
    let path = home.path().join(START);
    start.lock().map_err(ClusterError::io("locking", &path))?;
    let mut child = None;
    let begun = Instant::now();
    let found = loop {
        match look(home)? {
            Seen::Keeper(State::Ready(socket_dir)) => break (socket_dir, child),
            Seen::Keeper(State::Failing(sentence)) if begun.elapsed() > FAILING => {
                return Err(ClusterError::KeeperFailed { sentence });
            }
            Seen::Keeper(_) => sleep(Duration::from_millis(10)),
            Seen::Nobody => child = Some(start_keeper(home, options, notices)?),
        }
    };
    start.unlock().map_err(ClusterError::io("unlocking", &path))?;
    Ok(found)
}

/// Starts a keeper and listens until it is ready or gives up.
fn start_keeper(
    home: &Home,
    options: &ClusterOptions,
    notices: &mut Vec<String>,
) -> Result<Child, ClusterError> {
    let log = home.open_log()?;
    let mut command = options.keeper.command(home.path(), options.purpose)?;
    let program = PathBuf::from(command.get_program());
    let mut child = command
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::from(log))
        .current_dir("/")
        // Ctrl-C is for us, not for the database below us.
        .process_group(0)
        .spawn()
        .map_err(|source| ClusterError::NoKeeper { program, source })?;
    let output = child.stdout.take().expect("the output was asked to be a pipe");
    for line in BufReader::new(output).lines().map_while(Result::ok) {
        let Some(said) = line.strip_prefix(SAYS) else { continue };
        if said == READY || said == BUSY {
            return Ok(child);
        } else if let Some(notice) = said.strip_prefix(NOTICE) {
            note(notices, notice.to_owned());
        } else if let Some(sentence) = said.strip_prefix(FAILED) {
            // It has nothing left to do; without this it would stay as a zombie.
            let _ = child.wait();
            return Err(ClusterError::KeeperFailed { sentence: sentence.to_owned() });
        }
    }
    let _ = child.wait();
    let log = home.log();
    let sentence = format!("the keeper of PostgreSQL ended without a word (see {})", log.display());
    Err(ClusterError::KeeperFailed { sentence })
}

/// Said at once, because a recovery may take a while, and kept for [`Cluster::notices`].
pub(super) fn note(notices: &mut Vec<String>, notice: String) {
    tracing::info!("{notice}");
    notices.push(notice);
}

/// Waits until the keeper is gone, unless somebody else uses the cluster.
pub(super) fn wait_for_the_end(
    home: &Home,
    users: &File,
    started: Option<Child>,
) -> Result<(), ClusterError> {
    let deadline = Instant::now() + LEAVING;
    while Instant::now() < deadline {
        if look(home)? == Seen::Nobody {
            // Its lock is free, so it is as good as gone; waiting for it leaves no zombie.
            if let Some(mut child) = started {
                let _ = child.wait();
            }
            return Ok(());
        }
        if is_used_by_others(users) {
            return Ok(());
        }
        sleep(Duration::from_millis(20));
    }
    tracing::warn!("PostgreSQL is still stopping");
    Ok(())
}

/// Not by trying for the lock alone first: that would look like a user to the others. A shared
/// lock is refused while a keeper is stopping, and granted together with other users.
fn is_used_by_others(users: &File) -> bool {
    if users.try_lock().is_ok() {
        let _ = users.unlock();
        return false;
    }
    let shared = users.try_lock_shared().is_ok();
    let _ = users.unlock();
    shared
}
