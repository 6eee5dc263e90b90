//! The composition point: everything is built here, once, from the configuration.
//!
//! database → migrations → journal → read models → sequencer and runner → gateway → identity. The
//! server, the import and the first start all stand on the same [`App`]; tests too.

mod classes;
pub mod clock;
pub mod config;
pub mod demo;
pub mod first_start;
mod roles;
pub mod serve;
pub mod telemetry;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use domain::kernel::Clock;
use journal::erasure::ErasureError;
use journal::postgres::connect::{self, ActingAs};
use journal::postgres::deployment::{Deployment, DeploymentError, Place};
use journal::receipts::{self, Receipts};
use journal::signer::{self, Beside, Carrier, Folder};
use journal::{Journal, Keyring, sequencer};
use projections::feed::Feed;
use projections::{DeadLetters, Runner, Waiter};
use sqlx::{PgPool, Row};
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::gateway::Gateway;
use crate::identity::Identity;
use crate::witness::HttpCarrier;
use crate::workers::access::Access;
use crate::workers::assigning::Assigning;
use crate::workers::closing::Closing;
use crate::workers::erasing::Erasing;
use crate::workers::escalation::Escalation;
use crate::workers::housekeeping::Housekeeping;
use crate::workers::lease::keep;
use crate::workers::ledgers;
use crate::workers::planner::Planner;
use crate::workers::processes::Processes;
use crate::workers::rearming::Rearming;
use crate::workers::rebuilding::Rebuilding;
use crate::workers::retiring::Retiring;
use crate::workers::sampling::Sampling;
use crate::workers::ticker::Ticker;
use clock::{RandomIds, SystemClock};

/// Connections for what commands need besides the journal's own, for lists, and for what is looked
/// up by its identity.
const COMMANDS: u32 = 8;
const READS: u32 = 12;
const LOOK_UPS: u32 = 6;
/// The node's clock may differ from the database's by this much.
const SKEW_MAX: Duration = Duration::from_secs(2);
/// How long closing waits for the workers.
const CLOSING: Duration = Duration::from_secs(5);

/// A running Annals, without a listener.
#[derive(Debug)]
pub struct App {
    /// The database.
    pub deployment: Deployment,
    /// The one door.
    pub gateway: Gateway,
    /// Who is calling.
    pub identity: Identity,
    /// Connections that search the read models.
    pub reads: PgPool,
    /// The same for what is looked up by its identity.
    pub look_ups: PgPool,
    /// For reading one's own writes.
    pub waiter: Waiter,
    /// Decides about events that a read model could not apply.
    pub dead_letters: DeadLetters,
    /// What happens to tickets, for whoever listens.
    pub feed: Feed,
    /// Where the log is signed.
    pub folder: Folder,
    /// What is wrong with what is signed.
    pub alarms: Alarms,
    carrier: Arc<dyn Carrier>,
    stop: watch::Sender<bool>,
    workers: JoinSet<()>,
}

/// What is wrong with what is signed, for whoever watches over this process; cheap to clone.
#[derive(Debug, Clone)]
pub struct Alarms {
    /// Why nothing is signed until somebody has looked into it; none while all is well.
    pub unsigned: watch::Sender<Option<String>>,
    /// How many acknowledged events should stand in the signed log and do not.
    pub missing: watch::Sender<usize>,
}

impl Alarms {
    fn of(unsigned: Option<String>) -> Self {
        Self { unsigned: watch::Sender::new(unsigned), missing: watch::Sender::new(0) }
    }
}

/// Why Annals does not start; one sentence each.
#[derive(Debug, thiserror::Error)]
pub enum BootError {
    /// No database.
    #[error(transparent)]
    Deployment(#[from] DeploymentError),
    /// The database does not answer.
    #[error(transparent)]
    Connect(#[from] connect::ConnectError),
    /// The database failed.
    #[error("the database failed while starting: {}", journal::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// The journal failed.
    #[error(transparent)]
    Journal(#[from] journal::JournalError),
    /// What was erased is here again, or the wrapping key is another database's.
    #[error(transparent)]
    Erasures(#[from] ErasureError),
    /// The keys.
    #[error(transparent)]
    Keys(#[from] journal::seal::SealError),
    /// The read models cannot be prepared.
    #[error("the read models: {0}")]
    Projections(#[from] projections::ProjectionError),
    /// The first start failed.
    #[error("the first start: {0}")]
    FirstStart(String),
    /// Witnesses could not be asked.
    #[error("TLS cannot be had on this machine")]
    Tls,
    /// The clocks differ.
    #[error("this machine's clock and the database's differ by more than 2 seconds")]
    Skew,
    /// The file that is to be the clock holds no instant.
    #[error("{} does not hold an RFC 3339 instant", .0.display())]
    TestClock(PathBuf),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {}", listen_fault(*.kind))]
    Listen {
        /// Which address.
        address: String,
        /// What the system said.
        kind: std::io::ErrorKind,
    },
}

fn listen_fault(kind: std::io::ErrorKind) -> String {
    match kind {
        std::io::ErrorKind::AddrInUse => {
            "the port is taken; choose another with --listen".to_owned()
        }
        other => other.to_string(),
    }
}

impl App {
    /// Opens the database and starts what keeps it: sequencer, projections, and who hears of ended
    /// sessions. What writes tickets waits for [`App::work`].
    pub async fn open(place: &Place, test_clock: Option<PathBuf>) -> Result<Self, BootError> {
        let clock: Arc<dyn Clock> = match test_clock {
            Some(file) => Arc::new(clock::FileClock::open(file)?),
            None => Arc::new(SystemClock),
        };
        let simulated = clock.is_simulated();
        let mut deployment = Deployment::open(place).await?;
        let folder = Folder::of(&place.data_dir);
        let carrier = Arc::new(HttpCarrier::new().ok_or(BootError::Tls)?);
        let login = &deployment.login;
        let keys = connect::pool(login, ActingAs::Keys, "vault", 2).await?;
        let commands =
            connect::pool(login, ActingAs::App, projections::SEARCH_PATH, COMMANDS).await?;
        let reads = connect::pool(login, ActingAs::App, projections::SEARCH_PATH, READS).await?;
        let look_ups = connect::planning_once(&reads, LOOK_UPS);
        if !simulated {
            check_skew(&reads, clock.as_ref()).await?;
        }
        let unsigned = check_signed(&reads, &folder).await;
        let alarms = Alarms::of(unsigned.clone());
        let keyring = Keyring::new(keys, deployment.master_key.clone());
        // Before anything is read: nobody opens a database that knows again what was erased.
        deployment.erasures.guard(&keyring).await?;
        let journal = Journal::new(commands, keyring, projections::inline_views());
        let runner =
            Arc::new(Runner::new(journal.clone(), login.clone(), projections::read_models()));
        runner.prepare().await?;
        let waiter = runner.waiter();
        let dead_letters = runner.dead_letters();
        let (stop, stopped) = watch::channel(false);
        let mut workers = JoinSet::new();
        workers.spawn(sequencer::run(journal.clone(), login.clone(), stopped.clone()));
        workers.spawn(runner.run(stopped.clone()));
        let feed = Feed::new(journal.clone(), reads.clone(), waiter.clone());
        let ids = Arc::new(RandomIds::new(Arc::clone(&clock)));
        let gateway = Gateway::new(journal, &reads, clock, ids);
        let identity = Identity::open(gateway.clone()).await?;
        workers.spawn(identity.clone().hear_revocations(login.clone(), stopped));
        let told = |why| format!("THE LOG IS NOT AS IT WAS SIGNED, nothing more is signed: {why}");
        deployment.notices.extend(unsigned.map(told));
        Ok(Self {
            deployment,
            gateway,
            identity,
            reads,
            look_ups,
            waiter,
            dead_letters,
            feed,
            folder,
            alarms,
            carrier,
            stop,
            workers,
        })
    }

    /// Starts the work that goes on by itself: closing tickets, retiring
    /// items that sources miss, the thresholds that clocks cross,
    /// the consequences of what happens to tickets, to their clocks and to what these go by, samples,
    /// recurring tickets, what rules grant by themselves, erasures, rebuilds that somebody asks for, housekeeping,
    /// signing the log, and what was promised of it. For servers alone.
    pub fn work(&mut self) {
        let (login, stopped) = (&self.deployment.login, self.stop.subscribe());
        let journal = self.gateway.journal().clone();
        let beside = Beside {
            folder: self.folder.clone(),
            carrier: Arc::clone(&self.carrier),
            alarm: self.alarms.unsigned.clone(),
        };
        self.workers.spawn(signer::run(journal.clone(), login.clone(), beside, stopped.clone()));
        let (receipts, missing) = (Receipts::new(&self.folder), self.alarms.missing.clone());
        self.workers.spawn(receipts::run(receipts, self.reads.clone(), missing, stopped.clone()));
        let closing = Closing::new(self.gateway.clone(), self.reads.clone());
        self.workers.spawn(keep(closing, login.clone(), stopped.clone()));
        let retiring = Retiring::new(self.gateway.clone(), self.reads.clone());
        self.workers.spawn(keep(retiring, login.clone(), stopped.clone()));
        let processes = Processes::new(self.gateway.clone());
        self.workers.spawn(keep(processes, login.clone(), stopped.clone()));
        let ticker = Ticker::new(self.gateway.clone(), self.reads.clone());
        self.workers.spawn(keep(ticker, login.clone(), stopped.clone()));
        let escalation = Escalation::new(self.gateway.clone());
        self.workers.spawn(keep(escalation, login.clone(), stopped.clone()));
        let (reads, waiter) = (self.reads.clone(), self.waiter.clone());
        let rearming = Rearming::new(self.gateway.clone(), reads, waiter);
        self.workers.spawn(keep(rearming, login.clone(), stopped.clone()));
        let planner = Planner::new(self.gateway.clone(), self.reads.clone());
        self.workers.spawn(keep(planner, login.clone(), stopped.clone()));
        let access = Access::new(self.gateway.clone(), self.reads.clone());
        self.workers.spawn(keep(access, login.clone(), stopped.clone()));
        let (reads, waiter) = (self.reads.clone(), self.waiter.clone());
        let assigning = Assigning::new(self.gateway.clone(), reads, waiter);
        self.workers.spawn(keep(assigning, login.clone(), stopped.clone()));
        let sampling = Sampling::new(self.gateway.clone());
        self.workers.spawn(keep(sampling, login.clone(), stopped.clone()));
        let rebuilding = Rebuilding::new(self.gateway.journal().clone(), login.clone());
        self.workers.spawn(keep(rebuilding, login.clone(), stopped.clone()));
        let ledger = self.deployment.erasures.clone();
        self.workers.spawn(ledgers::follow(ledger.clone(), journal.clone(), stopped.clone()));
        let logins = (login.clone(), self.deployment.owner.clone());
        let erasing = Erasing::new(self.gateway.clone(), self.reads.clone(), ledger, logins);
        self.workers.spawn(keep(erasing, login.clone(), stopped.clone()));
        let housekeeping = Housekeeping::new(self.gateway.clone());
        self.workers.spawn(keep(housekeeping, login.clone(), stopped));
    }

    /// Releases leases, closes connections, leaves the private PostgreSQL.
    pub async fn close(mut self) {
        // Whoever no longer listens has stopped already.
        let _ = self.stop.send(true);
        let all_stopped = async { while self.workers.join_next().await.is_some() {} };
        if tokio::time::timeout(CLOSING, all_stopped).await.is_err() {
            self.workers.shutdown().await;
        }
        self.gateway.decisions().flush().await;
        self.gateway.journal().pool().close().await;
        self.look_ups.close().await;
        self.reads.close().await;
        if let Err(error) = self.deployment.close().await {
            tracing::warn!(%error, "leaving the private PostgreSQL");
        }
    }
}

/// What whoever starts has to know of the log: why it is not the one that was signed.
async fn check_signed(pool: &PgPool, folder: &Folder) -> Option<String> {
    let mut conn = pool.acquire().await.ok()?;
    let error = signer::check(folder, &mut conn).await.err()?;
    tracing::error!(%error, "the log cannot be shown to be the one that was signed");
    Some(error.to_string())
}

async fn check_skew(pool: &PgPool, clock: &dyn Clock) -> Result<(), BootError> {
    let row = sqlx::query(journal::postgres::connect::NOW).fetch_one(pool).await?;
    let theirs: chrono::DateTime<chrono::Utc> = row.try_get("now")?;
    let skew = (clock.now() - theirs).abs().to_std().unwrap_or(Duration::MAX);
    if skew > SKEW_MAX { Err(BootError::Skew) } else { Ok(()) }
}
