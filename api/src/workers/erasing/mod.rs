//! Carries out erasures that were approved: one after the other, each in steps that are told again
//! without harm. Whoever was killed in between begins the step anew and finds most of it done.
//!
//! 1. **Begin** (`erasure.destruction_begun`): the checks once more, under the premise `evidence`.
//! 2. The key is destroyed ([`Keyring::destroy`](journal::Keyring::destroy)); everybody notices
//!    ([`NOTICED_WITHIN`]); what was being written has been ([`Fence`]).
//! 3. **Record keys** (`erasure.keys_destroyed`): its position `p` lies behind everything that was sealed.
//! 4. The log is searched to its end, which is `p` or later; each view that reads one of those streams'
//!    types is purged, once it has come so far itself: what a view still had to apply might have been
//!    opened before. Then from there to its end, until nothing is found.
//! 5. The key table's file ([`rewrite_keys`]), and what lies beside the views
//!    ([`Journal::forget_person`](journal::Journal::forget_person)).
//! 6. **Record purge** (`erasure.purged`).
//! 7. The log is searched from where that ended, and views are purged of what is found, until nothing is:
//!    **certify**, with the size and the root the log had when that search began. What comes later is not
//!    certified.
//!
//! Nothing is waited for within a step: what stands in the way, as evidence that is held, a paused view or
//! somebody who still sees the key, makes the erasure rest ([`Progress`]), and others go on meanwhile.
//! A step that was told is not told again: how far an erasure is, its own stream says, which is never
//! behind.

mod progress;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::collections::HashMap;
use std::time::{Duration, Instant};

use domain::erasure::command::{Begin, Certify, RecordKeys, RecordPurge};
use domain::erasure::{Erasure, ErasureCommand, Phase};
use domain::kernel::ErasureId;
use journal::erasure::{Fence, Forgotten, Ledger, NOTICED_WITHIN, rewrite_keys, search, tree};
use projections::as_of;
use projections::erasures::{self, ErasureRow};
use projections::purge::{Purging, Streams};
use projections::read_models;
use projections::worker::WorkerLease;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::time::sleep;

use self::progress::{FIRST, Progress, Swept, WAIT};
use super::lease::Worker;
use super::{WorkerError, named};
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(2);
/// How long after a step: the view must have seen it.
const MORE: Duration = Duration::from_millis(100);
/// Erasures that are looked at in a round: those that wait are among them.
const BATCH: i64 = 1_000;

/// The worker.
#[derive(Debug)]
pub(crate) struct Erasing {
    gateway: Gateway,
    reads: PgPool,
    ledger: Ledger,
    login: PgConnectOptions,
    /// Who may write the key table anew.
    owner: PgConnectOptions,
    /// How far each is within its step.
    progress: HashMap<ErasureId, Progress>,
}

/// What became of a step.
#[derive(Debug)]
enum Step {
    /// It was done; there is another one.
    Done,
    /// Nothing is to be done.
    Over,
    /// This stands in the way, and is looked at again after this time at the earliest.
    Waits(Cow<'static, str>, Duration),
}

/// What became of a search.
#[derive(Debug)]
enum Search {
    /// The log has so many events, with this root, and nothing in them is left to be purged.
    Ended(i64, String),
    /// This view is not ready.
    Waits(&'static str),
}

impl Erasing {
    /// `reads`' connections search the read models' schemas; `login` opens those that purge.
    pub(crate) fn new(
        gateway: Gateway,
        reads: PgPool,
        ledger: Ledger,
        (login, owner): (PgConnectOptions, PgConnectOptions),
    ) -> Self {
        Self { gateway, reads, ledger, login, owner, progress: HashMap::new() }
    }

    /// Does the next step of an erasure.
    async fn step(&self, row: &ErasureRow, progress: &mut Progress) -> Result<Step, WorkerError> {
        let stored = self.gateway.journal().load::<Erasure>(row.erasure_id.0).await?.state.0;
        if stored.is_none_or(|body| body.phase != row.phase) {
            return Ok(Step::Done);
        }
        match row.phase {
            Phase::Approved => self.begin(row).await,
            Phase::Begun => self.destroy(row, progress).await,
            Phase::KeysDestroyed => self.purge(row, progress).await,
            Phase::Purged => self.certify(row, progress).await,
            Phase::Requested | Phase::Refused | Phase::Withdrawn | Phase::Certified => {
                Ok(Step::Over)
            }
        }
    }

    async fn begin(&self, row: &ErasureRow) -> Result<Step, WorkerError> {
        self.say(row, "begin", ErasureCommand::Begin(Begin {})).await
    }

    async fn destroy(
        &self,
        row: &ErasureRow,
        progress: &mut Progress,
    ) -> Result<Step, WorkerError> {
        let journal = self.gateway.journal();
        let keys = journal.keyring().destroy(row.person_id, &self.ledger).await?;
        if progress.destroyed.is_none() {
            sleep(NOTICED_WITHIN).await;
        }
        if !self.destroyed(progress).await?.has_passed(journal).await? {
            return Ok(Step::Waits("what was being written then still is".into(), FIRST));
        }
        self.say(row, "keys", ErasureCommand::RecordKeys(RecordKeys { keys })).await
    }

    async fn purge(&self, row: &ErasureRow, progress: &mut Progress) -> Result<Step, WorkerError> {
        if let Search::Waits(view) = self.sweep(row, &mut progress.swept).await? {
            return Ok(not_ready(view));
        }
        if !progress.rewritten {
            let destroyed = self.destroyed(progress).await?.clone();
            progress.rewritten = rewrite_keys(&self.owner, &destroyed).await?;
        }
        if !progress.rewritten {
            let what = "somebody who began to read before sees the key, or uses its table";
            return Ok(Step::Waits(what.into(), FIRST));
        }
        let journal = self.gateway.journal();
        for (what, count) in told(journal.forget_person(row.person_id, &row.keys).await?) {
            *progress.besides.entry(what.to_owned()).or_default() += count;
        }
        // Whoever was making one when the key went has been waited for.
        let schemas = as_of::drop_all(&self.login).await?;
        *progress.besides.entry("schemas".to_owned()).or_default() += schemas;
        let (swept, besides) = (&progress.swept, progress.besides.clone());
        let streams = u32::try_from(swept.streams.len()).unwrap_or(u32::MAX);
        let views = swept.views.clone();
        let command = ErasureCommand::RecordPurge(RecordPurge { streams, views, besides });
        self.say(row, "purge", command).await
    }

    /// An instant after the key was destroyed; whoever was started since takes this one.
    async fn destroyed<'a>(&self, progress: &'a mut Progress) -> Result<&'a Fence, WorkerError> {
        let known = match progress.destroyed.take() {
            Some(known) => known,
            None => Fence::now(self.gateway.journal()).await?,
        };
        Ok(progress.destroyed.insert(known))
    }

    /// Searches the log to its end and purges the views of what is found, until nothing is.
    async fn sweep(&self, row: &ErasureRow, swept: &mut Swept) -> Result<Search, WorkerError> {
        loop {
            if let Some(view) = self.purge_views(row, swept).await? {
                return Ok(Search::Waits(view));
            }
            let (size, root) = tree(self.gateway.journal()).await?;
            let found = self.found(row, swept.searched, size).await?;
            let is_end = found.is_empty();
            swept.found(found, size);
            if is_end {
                return Ok(Search::Ended(size, root));
            }
        }
    }

    /// The streams that hold something under the keys, between two places of the log.
    async fn found(
        &self,
        row: &ErasureRow,
        after: i64,
        up_to: i64,
    ) -> Result<Streams, WorkerError> {
        let (mut after, mut streams) = (after, Streams::new());
        while after < up_to {
            let pool = self.gateway.journal().pool();
            let found = search(pool, &row.keys, after, up_to).await?;
            after = found.through;
            streams.extend(found.streams);
        }
        Ok(streams)
    }

    /// Purges each view of what is left, unless one of them is not ready: that one, and nothing is done.
    async fn purge_views(
        &self,
        row: &ErasureRow,
        swept: &mut Swept,
    ) -> Result<Option<&'static str>, WorkerError> {
        if swept.left.is_empty() {
            return Ok(None);
        }
        let requested_by = format!("erasure {}", row.erasure_id);
        let journal = self.gateway.journal();
        let purging = Purging { journal, options: &self.login, requested_by: &requested_by };
        let through = swept.searched;
        if let Some(view) = purging.in_the_way(&swept.left, through).await? {
            return Ok(Some(view));
        }
        for model in read_models() {
            if !swept.done.contains(model.name()) {
                let purged = purging.purge(&model, &swept.left, through).await?;
                swept.purged(model.name(), purged);
            }
        }
        swept.left.clear();
        Ok(None)
    }

    async fn certify(
        &self,
        row: &ErasureRow,
        progress: &mut Progress,
    ) -> Result<Step, WorkerError> {
        // Up to there everything was purged, whoever did it.
        let destroyed = row.keys_destroyed_seq.unwrap_or_default();
        progress.swept.searched = progress.swept.searched.max(destroyed);
        match self.sweep(row, &mut progress.swept).await? {
            Search::Ended(position, root) => {
                self.say(row, "certify", ErasureCommand::Certify(Certify { position, root })).await
            }
            Search::Waits(view) => Ok(not_ready(view)),
        }
    }

    /// In Annals' own name, once. The rules may say no; it is tried again.
    async fn say(
        &self,
        row: &ErasureRow,
        step: &str,
        command: ErasureCommand,
    ) -> Result<Step, WorkerError> {
        let named = named(&format!("erasure:{}:{step}", row.erasure_id));
        let mut request = Request::new(command, row.erasure_id.0).correlated(named.key);
        request.idempotency = Some(named);
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) => Ok(Step::Done),
            Err(GatewayError::Refused(refused)) => Ok(Step::Waits(refused.code.into(), WAIT)),
            Err(error) => Err(error.into()),
        }
    }
}

/// What was deleted beside the views, by what it is.
fn told(forgotten: Forgotten) -> [(&'static str, u64); 5] {
    let Forgotten { attachments, claims, credentials, sessions, marks } = forgotten;
    [
        ("attachments", attachments),
        ("claims", claims),
        ("credentials", credentials),
        ("sessions", sessions),
        ("marks", marks),
    ]
}

fn not_ready(view: &str) -> Step {
    Step::Waits(format!("view {view} is behind or being rebuilt").into(), FIRST)
}

impl Worker for Erasing {
    fn name(&self) -> &'static str {
        "erasing"
    }

    async fn round(&mut self, _lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let due = erasures::due(&self.reads, BATCH).await?;
        self.progress.retain(|id, _| due.iter().any(|row| row.erasure_id == *id));
        let (mut next, mut failed) = (ROUND, None);
        for row in &due {
            let id = row.erasure_id;
            let mut progress = self.progress.remove(&id).unwrap_or_default();
            if progress.rests(Instant::now()).is_none() {
                // One that cannot go on, since a view stands still, holds up no other.
                match self.step(row, &mut progress).await {
                    Ok(Step::Done) => {
                        progress.goes_on();
                        next = MORE;
                    }
                    Ok(Step::Waits(what, first)) => {
                        progress.waits(id, &what, first, Instant::now());
                    }
                    Ok(Step::Over) => {}
                    Err(error) => failed = failed.or(Some(error)),
                }
            }
            next = progress.rests(Instant::now()).map_or(next, |rest| rest.clamp(MORE, next));
            self.progress.insert(id, progress);
        }
        failed.map_or(Ok(next), Err)
    }
}
