//! The user's side: joining the private PostgreSQL of a folder, and leaving it.

use std::fmt;
use std::fs::{self, File, OpenOptions};
use std::io::{BufRead, BufReader};
use std::os::unix::fs::OpenOptionsExt;
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::{Duration, Instant};

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::error::ClusterError;
use super::keeper::{BUSY, FAILED, NOTICE, READY, SAYS};
use super::places::Home;
use super::settings::Purpose;
use super::state::{Seen, State, look};

/// Each user holds this file shared; the keeper tries to hold it alone.
pub(super) const USERS: &str = "users.lock";
const START: &str = "start.lock";
/// How long a keeper that cannot restart PostgreSQL is given before its reason is passed on.
const FAILING: Duration = Duration::from_secs(10);
/// How long `leave` waits for PostgreSQL to stop.
const LEAVING: Duration = Duration::from_secs(10);

/// Which cluster to join, and how to start its keeper if none is alive.
#[derive(Debug, Clone)]
pub struct ClusterOptions {
    /// The Annals folder, absolute or relative, such as `./.annals`; made when missing.
    pub folder: PathBuf,
    /// What the cluster is for; the same each time.
    pub purpose: Purpose,
    /// How to start the keeper.
    pub keeper: KeeperCommand,
}

impl ClusterOptions {
    /// The usual case: this very program has the hidden keeper subcommand.
    pub fn new(folder: impl Into<PathBuf>, purpose: Purpose) -> Self {
        ClusterOptions { folder: folder.into(), purpose, keeper: KeeperCommand::default() }
    }
}

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

/// A user's hold on a running private PostgreSQL. It stays up at least as long as this lives, and
/// is stopped after the last one was dropped; `leave` waits for that.
pub struct Cluster {
    home: Home,
    options: ClusterOptions,
    users: File,
    keeper: Option<Child>,
    socket_dir: PathBuf,
    password: Option<String>,
    notices: Vec<String>,
}

impl fmt::Debug for Cluster {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Without the password.
        f.debug_struct("Cluster").field("socket_dir", &self.socket_dir).finish_non_exhaustive()
    }
}

impl Cluster {
    /// Joins the PostgreSQL of a folder; makes and starts it when need be. Safe to call from any
    /// number of processes at once. Takes as long as a crash recovery takes.
    ///
    /// # Errors
    /// Every [`ClusterError`]; those of the keeper as [`ClusterError::KeeperFailed`].
    pub async fn join(options: ClusterOptions) -> Result<Cluster, ClusterError> {
        blocking(move || join_blocking(options)).await
    }

    /// The superuser `annals` in the database `postgres`, over the Unix socket.
    pub fn superuser(&self) -> PgConnectOptions {
        let options = PgConnectOptions::new_without_pgpass()
            .socket(&self.socket_dir)
            .port(5432)
            .username("annals")
            .database("postgres")
            .ssl_mode(PgSslMode::Disable);
        match &self.password {
            Some(password) => options.password(password),
            None => options,
        }
    }

    /// Absolute folder of the socket `.s.PGSQL.5432`.
    pub fn socket_dir(&self) -> &Path {
        &self.socket_dir
    }

    /// The superuser's password; `None` for a test cluster, which trusts its socket folder.
    pub fn password(&self) -> Option<&str> {
        self.password.as_deref()
    }

    /// What a person should know about this start: sentences such as where the data are when they
    /// are not in the folder, or that a half-made database was set aside.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// Lets go. When nobody else uses it, waits up to 10 seconds for PostgreSQL to have stopped:
    /// the end of this process may be the end of its container.
    ///
    /// # Errors
    /// When the lock files cannot be used any more, or a keeper that was killed in the meantime
    /// could not be replaced.
    pub async fn leave(self) -> Result<(), ClusterError> {
        blocking(move || self.leave_blocking()).await
    }

    fn leave_blocking(mut self) -> Result<(), ClusterError> {
        // A killed keeper leaves a PostgreSQL that nobody would stop: a new one adopts it first.
        if look(&self.home)? == Seen::Nobody {
            let mut notices = Vec::new();
            self.keeper = attach(&self.home, &self.options, &mut notices)?.1;
        }
        let path = self.home.path().join(USERS);
        self.users.unlock().map_err(ClusterError::io("unlocking", &path))?;
        if self.keeper.is_some() || self.options.purpose == Purpose::Serve {
            wait_for_the_end(&self.home, &self.users, self.keeper.take())?;
        }
        Ok(())
    }
}

async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => std::panic::resume_unwind(error.into_panic()),
    }
}

fn join_blocking(options: ClusterOptions) -> Result<Cluster, ClusterError> {
    let home = Home::open(&options.folder)?;
    let users = home.open_file(USERS)?;
    // Blocks while a keeper is stopping; from here on none will.
    users.lock_shared().map_err(ClusterError::io("locking", &home.path().join(USERS)))?;
    let mut notices = Vec::new();
    let (socket_dir, keeper) = attach(&home, &options, &mut notices)?;
    let password = match options.purpose {
        Purpose::Serve => Some(read_secret(&home)?),
        Purpose::Test => None,
    };
    if let Some(base) = home.redirected_to() {
        let (home, base) = (home.path().display(), base.display());
        note(&mut notices, format!("the database of {home} is in {base}/data"));
    }
    Ok(Cluster { home, options, users, keeper, socket_dir, password, notices })
}

fn read_secret(home: &Home) -> Result<String, ClusterError> {
    let secret = home.secret();
    let text = fs::read_to_string(&secret).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(ClusterError::NoSecret { secret });
    }
    Ok(text.trim().to_owned())
}

/// Finds or starts a keeper and waits until PostgreSQL is ready. The caller holds the users' lock.
/// Returns the socket folder, and the keeper when it was started here.
fn attach(
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
    let log = OpenOptions::new()
        .append(true)
        .create(true)
        .mode(0o600)
        .open(home.log())
        .map_err(ClusterError::unwritable(home.path()))?;
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
fn note(notices: &mut Vec<String>, notice: String) {
    tracing::info!("{notice}");
    notices.push(notice);
}

/// Waits until the keeper is gone, unless somebody else uses the cluster.
fn wait_for_the_end(home: &Home, users: &File, started: Option<Child>) -> Result<(), ClusterError> {
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
