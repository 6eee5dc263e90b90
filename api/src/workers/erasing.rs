//! Carries out erasures that were approved: one after the other, each in steps that are told again
//! without harm. Whoever was killed in between begins the step anew and finds most of it done.
//!
//! 1. **Begin** (`erasure.destruction_begun`): the checks once more, under the premise `evidence`. What stands in
//!    the way now makes it wait; it is tried again every minute.
//! 2. The key is destroyed ([`Keyring::destroy`](journal::Keyring::destroy)); everybody notices
//!    ([`NOTICED_WITHIN`]); what was being written has been ([`Fence`]).
//! 3. **Record keys** (`erasure.keys_destroyed`): its position `p` lies behind everything that was sealed.
//! 4. The log is searched up to `p`; each view that reads one of those streams' types is purged, once it
//!    has applied `p` itself: what a view still had to apply might have been opened before.
//! 5. Beside the views: [`Journal::forget_person`](journal::Journal::forget_person), the key table's file
//!    ([`rewrite_keys`]).
//! 6. The log is searched from `p` to its end. Streams that are found are purged as well, until none is.
//! 7. **Record purge**, then **certify**, with the log's size and root.
//!
//! A step that was told is not told again: how far an erasure is, its own stream says, which is never
//! behind.

use std::collections::{BTreeMap, HashMap};
use std::time::{Duration, Instant};

use domain::erasure::command::{Begin, Certify, RecordKeys, RecordPurge};
use domain::erasure::event::PurgedView;
use domain::erasure::{Erasure, ErasureCommand, Phase};
use domain::kernel::ErasureId;
use journal::erasure::{Fence, Forgotten, Ledger, NOTICED_WITHIN, rewrite_keys, search, tree};
use projections::erasures::{self, ErasureRow};
use projections::purge::{Purging, Streams};
use projections::read_models;
use projections::worker::WorkerLease;
use sqlx::PgPool;
use sqlx::postgres::PgConnectOptions;
use tokio::time::sleep;

use super::lease::Worker;
use super::{WorkerError, named};
use crate::gateway::{Caller, Gateway, GatewayError, Request};

/// How often is looked, in real time.
const ROUND: Duration = Duration::from_secs(2);
/// How long after a step: the view must have seen it.
const MORE: Duration = Duration::from_millis(100);
/// How long one waits that something stands in the way of.
const WAIT: Duration = Duration::from_secs(60);
/// How often is looked whether what was being written is there.
const LOOK: Duration = Duration::from_millis(50);
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
    /// Since when those wait that something stands in the way of.
    waiting: HashMap<ErasureId, Instant>,
}

impl Erasing {
    /// `reads`' connections search the read models' schemas; `login` opens those that purge.
    pub(crate) fn new(
        gateway: Gateway,
        reads: PgPool,
        ledger: Ledger,
        (login, owner): (PgConnectOptions, PgConnectOptions),
    ) -> Self {
        Self { gateway, reads, ledger, login, owner, waiting: HashMap::new() }
    }

    /// Does the next step of an erasure; whether there will be another one soon.
    async fn step(&mut self, row: &ErasureRow) -> Result<bool, WorkerError> {
        let stored = self.gateway.journal().load::<Erasure>(row.erasure_id.0).await?.state.0;
        if stored.is_none_or(|body| body.phase != row.phase) {
            return Ok(true);
        }
        match row.phase {
            Phase::Approved => self.begin(row).await,
            Phase::Begun => self.destroy(row).await,
            Phase::KeysDestroyed => self.purge(row).await,
            Phase::Purged => self.certify(row).await,
            Phase::Requested | Phase::Refused | Phase::Withdrawn | Phase::Certified => Ok(false),
        }
    }

    async fn begin(&mut self, row: &ErasureRow) -> Result<bool, WorkerError> {
        let id = row.erasure_id;
        if self.waiting.get(&id).is_some_and(|since| since.elapsed() < WAIT) {
            return Ok(false);
        }
        let begun = self.say(row, "begin", ErasureCommand::Begin(Begin {})).await?;
        match begun {
            true => self.waiting.remove(&id),
            false => self.waiting.insert(id, Instant::now()),
        };
        Ok(begun)
    }

    async fn destroy(&self, row: &ErasureRow) -> Result<bool, WorkerError> {
        let journal = self.gateway.journal();
        let keys = journal.keyring().destroy(row.person_id, &self.ledger).await?;
        sleep(NOTICED_WITHIN).await;
        let fence = Fence::now(journal).await?;
        while !fence.has_passed(journal).await? {
            sleep(LOOK).await;
        }
        self.say(row, "keys", ErasureCommand::RecordKeys(RecordKeys { keys })).await
    }

    async fn purge(&self, row: &ErasureRow) -> Result<bool, WorkerError> {
        let journal = self.gateway.journal();
        let Some(destroyed) = row.keys_destroyed_seq else { return Ok(false) };
        let (mut streams, mut views) = (Streams::new(), BTreeMap::new());
        let (mut after, mut through) = (0, destroyed);
        loop {
            let found = self.found(row, after, through).await?;
            if after > 0 && found.is_empty() {
                break;
            }
            self.purge_views(row, (&found, through), &mut views).await?;
            streams.extend(found);
            (after, through) = (through, tree(journal).await?.0.max(through));
        }
        let besides = told(journal.forget_person(row.person_id, &row.keys).await?);
        rewrite_keys(&self.owner).await?;
        let streams = u32::try_from(streams.len()).unwrap_or(u32::MAX);
        let command = ErasureCommand::RecordPurge(RecordPurge { streams, views, besides });
        self.say(row, "purge", command).await
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

    async fn purge_views(
        &self,
        row: &ErasureRow,
        (streams, through): (&Streams, i64),
        views: &mut BTreeMap<String, PurgedView>,
    ) -> Result<(), WorkerError> {
        let requested_by = format!("erasure {}", row.erasure_id);
        let journal = self.gateway.journal();
        let purging = Purging { journal, options: &self.login, requested_by: &requested_by };
        for model in read_models() {
            if let Some(purged) = purging.purge(&model, streams, through).await? {
                let view = views.entry(model.name().to_owned());
                let view = view.or_insert(PurgedView { through, rows: 0 });
                (view.through, view.rows) = (through, view.rows + purged.rows);
            }
        }
        Ok(())
    }

    async fn certify(&self, row: &ErasureRow) -> Result<bool, WorkerError> {
        let (position, root) = tree(self.gateway.journal()).await?;
        self.say(row, "certify", ErasureCommand::Certify(Certify { position, root })).await
    }

    /// In Annals' own name, once. False: the rules say no; it is tried again.
    async fn say(
        &self,
        row: &ErasureRow,
        step: &str,
        command: ErasureCommand,
    ) -> Result<bool, WorkerError> {
        let named = named(&format!("erasure:{}:{step}", row.erasure_id));
        let mut request = Request::new(command, row.erasure_id.0).correlated(named.key);
        request.idempotency = Some(named);
        match self.gateway.execute(&Caller::system(), request).await {
            Ok(_) => Ok(true),
            Err(GatewayError::Refused(refused)) => {
                let (erasure, code) = (row.erasure_id, refused.code);
                tracing::info!(%erasure, step, code, "the erasure waits");
                Ok(false)
            }
            Err(error) => Err(error.into()),
        }
    }
}

/// What was deleted beside the views, by what it is.
fn told(forgotten: Forgotten) -> BTreeMap<String, u64> {
    let Forgotten { attachments, claims, credentials, sessions, marks } = forgotten;
    let all = [
        ("attachments", attachments),
        ("claims", claims),
        ("credentials", credentials),
        ("sessions", sessions),
        ("marks", marks),
    ];
    all.into_iter().map(|(what, count)| (what.to_owned(), count)).collect()
}

impl Worker for Erasing {
    fn name(&self) -> &'static str {
        "erasing"
    }

    async fn round(&mut self, _lease: &mut WorkerLease) -> Result<Duration, WorkerError> {
        let due = erasures::due(&self.reads, BATCH).await?;
        self.waiting.retain(|id, _| due.iter().any(|row| row.erasure_id == *id));
        let (mut stepped, mut failed) = (false, None);
        for row in &due {
            // One that cannot go on, since a view stands still, holds up no other.
            match self.step(row).await {
                Ok(more) => stepped |= more,
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        match failed {
            Some(error) => Err(error),
            None => Ok(if stepped { MORE } else { ROUND }),
        }
    }
}
