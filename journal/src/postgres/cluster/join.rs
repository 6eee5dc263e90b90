//! The user's side: joining the private PostgreSQL of a folder, and leaving it.

use std::fmt;
use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Child;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgSslMode};

use super::attach::{KeeperCommand, attach, note, wait_for_the_end};
use super::error::ClusterError;
use super::init::check_purpose;
use super::places::{Home, existing_base};
use super::settings::Purpose;
use super::state::{Seen, look, was_killed};

/// Each user holds this file shared; the keeper tries to hold it alone.
pub(super) const USERS: &str = "users.lock";
/// How often a user looks whether the keeper is still there.
const WATCH: Duration = Duration::from_secs(1);

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

/// The keeper process, when this process started it; kept to be waited for.
type Keeper = Arc<Mutex<Option<Child>>>;

/// The thread that replaces a killed keeper. Dropping the sender ends it.
struct Watch {
    sender: Sender<()>,
    thread: JoinHandle<()>,
}

impl Watch {
    fn begin(home: &Home, options: &ClusterOptions, keeper: &Keeper) -> Result<Self, ClusterError> {
        let (sender, receiver) = channel();
        let work = {
            let (home, options, keeper) = (home.clone(), options.clone(), Arc::clone(keeper));
            move || watch(&home, &options, &keeper, &receiver)
        };
        let thread = std::thread::Builder::new()
            .name("keeper-watch".to_owned())
            .spawn(work)
            .map_err(ClusterError::io("watching", home.path()))?;
        Ok(Watch { sender, thread })
    }

    fn end(self) {
        drop(self.sender);
        // It never panics on purpose, and what it was doing is done over by the caller.
        let _ = self.thread.join();
    }
}

/// A user's hold on a running private PostgreSQL. It stays up at least as long as this lives, and
/// is stopped after the last one was dropped; `leave` waits for that.
pub struct Cluster {
    home: Home,
    options: ClusterOptions,
    users: File,
    keeper: Keeper,
    watch: Watch,
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

    fn leave_blocking(self) -> Result<(), ClusterError> {
        // Waited for, or it could start PostgreSQL again after we left.
        self.watch.end();
        // A killed keeper leaves a PostgreSQL that nobody would stop: a new one adopts it first.
        replace_if_gone(&self.home, &self.options, &self.keeper)?;
        let path = self.home.path().join(USERS);
        self.users.unlock().map_err(ClusterError::io("unlocking", &path))?;
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
        if keeper.is_none() && self.options.purpose != Purpose::Serve {
            return Ok(());
        }
        wait_for_the_end(&self.home, &self.users, keeper)?;
        if !was_killed(&self.home)? {
            return Ok(());
        }
        // It was dying when we looked: nobody is left to stop PostgreSQL but us.
        self.users.lock_shared().map_err(ClusterError::io("locking", &path))?;
        replace_if_gone(&self.home, &self.options, &self.keeper)?;
        self.users.unlock().map_err(ClusterError::io("unlocking", &path))?;
        let keeper = self.keeper.lock().unwrap_or_else(PoisonError::into_inner).take();
        wait_for_the_end(&self.home, &self.users, keeper)
    }
}

/// Starts another keeper in the place of one that was killed.
fn replace_if_gone(
    home: &Home,
    options: &ClusterOptions,
    keeper: &Keeper,
) -> Result<(), ClusterError> {
    if look(home)? != Seen::Nobody {
        return Ok(());
    }
    tracing::warn!("the keeper of PostgreSQL is gone; another one takes over");
    let mut notices = Vec::new();
    let (_, fresh) = attach(home, options, &mut notices)?;
    if let Some(fresh) = fresh {
        let old = keeper.lock().unwrap_or_else(PoisonError::into_inner).replace(fresh);
        if let Some(mut old) = old {
            // Dead already, so this only removes its zombie.
            let _ = old.wait();
        }
    }
    Ok(())
}

/// Body of the thread that replaces a killed keeper while the cluster is in use.
fn watch(home: &Home, options: &ClusterOptions, keeper: &Keeper, ended: &Receiver<()>) {
    while ended.recv_timeout(WATCH) == Err(RecvTimeoutError::Timeout) {
        if let Err(error) = replace_if_gone(home, options, keeper) {
            tracing::warn!(%error, "the keeper of PostgreSQL could not be replaced");
        }
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
    check_purpose(&existing_base(&home)?, options.purpose)?;
    let password = match options.purpose {
        Purpose::Serve => Some(read_secret(&home)?),
        Purpose::Test => None,
    };
    if let Some(base) = home.redirected_to() {
        let (home, base) = (home.path().display(), base.display());
        note(&mut notices, format!("the database of {home} is in {base}/data"));
    }
    let keeper = Arc::new(Mutex::new(keeper));
    let watch = Watch::begin(&home, &options, &keeper)?;
    Ok(Cluster { home, options, users, keeper, watch, socket_dir, password, notices })
}

fn read_secret(home: &Home) -> Result<String, ClusterError> {
    let secret = home.secret();
    let text = fs::read_to_string(&secret).unwrap_or_default();
    if text.trim().is_empty() {
        return Err(ClusterError::NoSecret { secret });
    }
    Ok(text.trim().to_owned())
}
