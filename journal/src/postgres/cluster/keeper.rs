//! The keeper: a process of its own that owns `postgres` for as long as anybody uses it.
//!
//! It is not a child that dies with its starter: a command line tool may start PostgreSQL and a
//! server may use it on. It ends when the last user let go of `users.lock`, which the kernel does
//! for a killed one. Called as a hidden subcommand, or as a test (see [`testing`](super::testing)).

use std::fs::{File, TryLockError};
use std::io::Write;
use std::path::Path;
use std::thread::sleep;
use std::time::{Duration, Instant};

use super::binaries::Binaries;
use super::error::ClusterError;
use super::init::{self, Site};
use super::join::USERS;
use super::places::{Fallback, Home, Places};
use super::server::Server;
use super::settings::Purpose;
use super::state::{Held, State};

/// What a line of the keeper's output begins with; other lines are somebody else's.
pub(super) const SAYS: &str = "annals-keeper: ";
pub(super) const READY: &str = "ready";
pub(super) const BUSY: &str = "busy";
pub(super) const NOTICE: &str = "notice ";
pub(super) const FAILED: &str = "failed ";

const POLL: Duration = Duration::from_millis(50);
const FIRST_PAUSE: Duration = Duration::from_millis(100);
const LONGEST_PAUSE: Duration = Duration::from_secs(10);
/// A server that ran this long was not in a crash loop.
const SETTLED: Duration = Duration::from_secs(10);

/// Body of the hidden keeper subcommand: makes, heals, starts or adopts the PostgreSQL of `folder`
/// and blocks until its last user left. Returns the exit code of the process: 0 after a clean
/// stop, 1 when it could not be started, which is then said in one sentence on the output.
pub fn keeper_main(folder: &Path, purpose: Purpose) -> i32 {
    ignore_signals();
    match Keeper::begin(folder, purpose) {
        Ok(Some(keeper)) => {
            say(READY);
            keeper.keep();
            0
        }
        // Another keeper was faster: whoever started us waits for that one.
        Ok(None) => {
            say(BUSY);
            0
        }
        Err(error) => {
            say(&format!("{FAILED}{}", one_line(&error.to_string())));
            1
        }
    }
}

struct Keeper {
    site: Site,
    users: File,
    held: Held,
    server: Option<Server>,
    started: Instant,
    pause: Duration,
}

impl Keeper {
    fn begin(folder: &Path, purpose: Purpose) -> Result<Option<Keeper>, ClusterError> {
        let home = Home::open(folder)?;
        let users = home.open_file(USERS)?;
        let Some(mut held) = Held::take(&home)? else { return Ok(None) };
        held.say(&State::Starting)?;
        let (places, owner) = Places::settle(home, &Fallback::default())?;
        let binaries = Binaries::find(&places.data(), &owner)?;
        let site = Site { places, owner, binaries, purpose };
        let tell = |sentence: &str| say(&format!("{NOTICE}{}", one_line(sentence)));
        init::check_purpose(&site.places.base, purpose)?;
        let server = match Server::adopt(&site, &tell)? {
            Some(server) => server,
            None => {
                init::prepare(&site, &tell)?;
                Server::start(&site, &tell)?
            }
        };
        held.say(&State::Ready(server.socket_dir().to_path_buf()))?;
        let (started, pause) = (Instant::now(), FIRST_PAUSE);
        Ok(Some(Keeper { site, users, held, server: Some(server), started, pause }))
    }

    fn keep(mut self) {
        let grace = self.site.purpose.grace();
        let mut alone_since: Option<Instant> = None;
        loop {
            match self.users.try_lock() {
                Ok(()) => {
                    let since = *alone_since.get_or_insert_with(Instant::now);
                    if since.elapsed() >= grace {
                        // Still locked: who joins now waits until we are gone.
                        return self.end();
                    }
                    let _ = self.users.unlock();
                }
                Err(TryLockError::WouldBlock) => alone_since = None,
                Err(TryLockError::Error(error)) => log(&format!("users.lock: {error}")),
            }
            self.see_to_the_server();
            sleep(POLL);
        }
    }

    /// Starts a dead PostgreSQL again, more slowly each time it dies at once.
    fn see_to_the_server(&mut self) {
        if let Some(server) = &mut self.server {
            if server.is_alive(&self.site) {
                return;
            }
            log("PostgreSQL ended unasked");
            self.server = None;
            self.report(&State::Starting);
            if self.started.elapsed() > SETTLED {
                self.pause = FIRST_PAUSE;
            }
            // From here on: the time to wait before the next start.
            self.started = Instant::now();
        }
        if self.started.elapsed() < self.pause {
            return;
        }
        self.pause = (self.pause * 2).min(LONGEST_PAUSE);
        let again = match Server::adopt(&self.site, &log) {
            Ok(Some(server)) => Ok(server),
            Ok(None) => Server::start(&self.site, &log),
            Err(error) => Err(error),
        };
        self.started = Instant::now();
        match again {
            Ok(server) => {
                log("PostgreSQL runs again");
                self.report(&State::Ready(server.socket_dir().to_path_buf()));
                self.server = Some(server);
            }
            Err(error) => {
                log(&error.to_string());
                self.report(&State::Failing(one_line(&error.to_string())));
            }
        }
    }

    fn report(&mut self, state: &State) {
        if let Err(error) = self.held.say(state) {
            log(&error.to_string());
        }
    }

    fn end(mut self) {
        self.report(&State::Stopping);
        if let Some(server) = self.server.take() {
            server.stop(&self.site);
        }
        if let Err(error) = init::wipe(&self.site) {
            log(&error.to_string());
        }
        self.held.release();
        let _ = self.users.unlock();
    }
}

/// To whoever started us, who may have gone already. On a line of its own: a test runner may have
/// begun one.
fn say(what: &str) {
    let mut output = std::io::stdout().lock();
    let _ = write!(output, "\n{SAYS}{what}\n");
    let _ = output.flush();
}

/// Into `postgres.log`, where our error output goes.
fn log(sentence: &str) {
    let _ = writeln!(std::io::stderr(), "{SAYS}{sentence}");
}

fn one_line(text: &str) -> String {
    text.replace('\n', " ")
}

/// A service manager that stops a whole service signals the keeper too; PostgreSQL has to outlive
/// the users who still drain, so only their leaving counts.
fn ignore_signals() {
    use tokio::signal::unix::{SignalKind, signal};

    // On a thread of its own, because the caller may be inside a runtime already. The handlers
    // stay installed after the runtime is gone.
    let installed = std::thread::spawn(|| {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        let _inside = runtime.enter();
        for kind in [SignalKind::terminate(), SignalKind::interrupt(), SignalKind::hangup()] {
            let _ = signal(kind)?;
        }
        Ok::<(), std::io::Error>(())
    });
    if !matches!(installed.join(), Ok(Ok(()))) {
        log("signals could not be ignored");
    }
}
