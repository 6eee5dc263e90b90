//! Sealing: how fast a backlog gets its numbers and leaves, and is signed.

use std::sync::Arc;
use std::time::{Duration, Instant};

use api::witness::HttpCarrier;
use journal::bundle::{Anchor, BundleError};
use journal::sequencer;
use journal::signer::{self, Beside};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::Log;
use crate::Fault;
use crate::alone::Alone;
use crate::append::appenders;
use crate::load::{closed, median_of};
use crate::report::{Line, Section};

/// Of a backlog, each appended by a command of its own.
const EVENTS: i64 = 100_000;
/// Who makes it.
const CLIENTS: usize = 32;
/// How long they work between two looks at how much it is.
const SPAN: Duration = Duration::from_secs(1);
/// Events a second.
const BAR: f64 = 20_000.0;
/// How long a backlog may take.
const PATIENCE: Duration = Duration::from_secs(600);
/// How often the checkpoints are looked at.
const LOOK: Duration = Duration::from_millis(10);

/// Runs it.
pub(super) async fn run(log: &mut Log<'_>, section: &mut Section) -> Result<(), Fault> {
    let mut clients = appenders(&log.alone.journal, CLIENTS, (log.run, 30_000));
    let (mut sealed, mut signed) = (Vec::new(), Vec::new());
    for _ in 0..log.run.rounds {
        let before = log.count().await?;
        while log.count().await? < before + EVENTS {
            (_, clients) = closed(clients, SPAN).await?;
        }
        let all = log.count().await?;
        let rate = |began: Instant| (all - before) as f64 / began.elapsed().as_secs_f64();
        let began = Instant::now();
        let sealing = Sealing::begin(log).signing()?;
        sealing.sealed(all).await?;
        sealed.push(rate(began));
        sealing.signed(all).await?;
        signed.push(rate(began));
        sealing.end().await;
    }
    for (what, rates) in [("numbered and sealed", sealed), ("and signed", signed)] {
        let rate = median_of(rates);
        let line = Line::new(format!("a backlog of {EVENTS} events and more, {what}")).rate(rate);
        section.push(line.at_least(BAR, rate));
    }
    Ok(())
}

/// What seals and signs the log, while it does.
pub(super) struct Sealing<'l> {
    log: &'l Log<'l>,
    stop: watch::Sender<bool>,
    workers: JoinSet<()>,
}

impl<'l> Sealing<'l> {
    /// Begins to seal, with whatever is there.
    pub(super) fn begin(log: &'l Log<'_>) -> Self {
        let (stop, stopped) = watch::channel(false);
        let (journal, login) = (log.alone.journal.clone(), log.alone.deployment.login.clone());
        let mut workers = JoinSet::new();
        workers.spawn(sequencer::run(journal, login, stopped));
        Self { log, stop, workers }
    }

    /// And to sign.
    pub(super) fn signing(mut self) -> Result<Self, Fault> {
        let Alone { journal, deployment } = &self.log.alone;
        let beside = Beside {
            folder: self.log.folder.clone(),
            carrier: Arc::new(HttpCarrier::new().ok_or("TLS cannot be had on this machine")?),
            alarm: watch::Sender::new(None),
        };
        let (login, stopped) = (deployment.login.clone(), self.stop.subscribe());
        self.workers.spawn(signer::run(journal.clone(), login, beside, stopped));
        Ok(self)
    }

    /// Waits until so many events have their leaves.
    pub(super) async fn sealed(&self, count: i64) -> Result<(), Fault> {
        let mut head = self.log.alone.journal.head();
        timeout(PATIENCE, head.wait_for(|head| *head >= count)).await??;
        Ok(())
    }

    /// Waits until so many events are signed.
    pub(super) async fn signed(&self, count: i64) -> Result<(), Fault> {
        let began = Instant::now();
        while began.elapsed() < PATIENCE {
            match self.log.anchor() {
                Ok(anchor) if anchor.size() >= count => return Ok(()),
                Ok(_) | Err(BundleError::Missing { .. }) => sleep(LOOK).await,
                Err(error) => return Err(error.into()),
            }
        }
        Err(format!("{count} events are not signed").into())
    }

    /// Leaves the rest for another time.
    pub(super) async fn end(mut self) {
        self.stop.send_replace(true);
        while self.workers.join_next().await.is_some() {}
    }
}

impl Log<'_> {
    /// What was signed last.
    pub(super) fn anchor(&self) -> Result<Anchor, BundleError> {
        Anchor::open(&self.folder.policy(), &self.folder.checkpoints(), self.folder.log())
    }
}
