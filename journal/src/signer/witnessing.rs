//! Cosignatures: asked of the witnesses whom the policy names, until it is satisfied.
//!
//! Beside the signing, never in its way: a witness that is slow or gone delays what is published, and
//! nothing else. Those who answer when there are enough are heard all the same: one of them may know another
//! history. What witnesses answer is believed only as far as their keys have signed it.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Debug;
use std::panic::resume_unwind;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::future::BoxFuture;
use tokio::task::JoinSet;
use tokio::time::{Instant, timeout};

use super::checkpoints::Signed;
use super::files;
use crate::leaf::Hash;
use crate::tlog::key::{KeyId, VerifierKey};
use crate::tlog::note::NoteError;
use crate::tlog::policy::{Policy, Witness};
use crate::tlog::tile::Tiles;
use crate::tlog::tree;
use crate::tlog::witness::{AddCheckpoint, size_of};

/// A witness that takes longer for an answer does not answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How long after a round without a quorum the next one begins.
const AGAIN: Duration = Duration::from_secs(2);
/// Larger answers are not read.
pub const ANSWER_MAX: usize = 64 << 10;

/// What a witness answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// The status of HTTP.
    pub status: u16,
    /// At most [`ANSWER_MAX`] bytes.
    pub body: Vec<u8>,
}

/// Carries questions to witnesses; whoever knows HTTP.
pub trait Carrier: Debug + Send + Sync + 'static {
    /// Posts this body to this address; what came back, or why nothing did.
    fn carry(&self, url: String, body: String) -> BoxFuture<'_, Result<Answer, String>>;
}

/// Why a witness has not signed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
enum Fault {
    #[error("it does not answer: {0}")]
    Silent(String),
    #[error("it answers {0}")]
    Status(u16),
    /// Its word is no evidence, but somebody should look.
    #[error("IT KNOWS ANOTHER HISTORY{}", .0.map(|n| format!(" of {n} events")).unwrap_or_default())]
    Another(Option<u64>),
    #[error("its signature is none: {0}")]
    Signature(#[from] NoteError),
    #[error("the tree has no proof for it: {0}")]
    Proof(String),
}

/// Sizes that witnesses have signed last, as far as they have said so.
type Known = BTreeMap<KeyId, u64>;

/// The witnesses, and what is being asked of them.
#[derive(Debug)]
pub(super) struct Witnesses {
    carrier: Arc<dyn Carrier>,
    log: PathBuf,
    known: Known,
    faults: BTreeMap<KeyId, Fault>,
    /// Who has said to know another history, and has not signed ours since.
    conflicts: BTreeSet<KeyId>,
    /// Dropped with us.
    asked: JoinSet<Answered>,
    /// Who has not answered yet: nobody is asked two things at once.
    busy: BTreeSet<KeyId>,
    /// What enough of them are to sign, with the signatures that have come.
    wanted: Option<Signed>,
    not_before: Option<Instant>,
}

impl Witnesses {
    pub(super) fn new(carrier: Arc<dyn Carrier>, log: &Path) -> Self {
        Self {
            carrier,
            log: log.to_owned(),
            known: Known::new(),
            faults: BTreeMap::new(),
            conflicts: BTreeSet::new(),
            asked: JoinSet::new(),
            busy: BTreeSet::new(),
            wanted: None,
            not_before: None,
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.wanted.is_some()
    }

    /// Whether anybody has not answered yet.
    #[cfg(test)]
    pub(super) fn is_waiting(&self) -> bool {
        !self.busy.is_empty()
    }

    /// Whether one of them knows another history.
    pub(super) fn is_in_conflict(&self) -> bool {
        !self.conflicts.is_empty()
    }

    /// Begins to ask, unless somebody is being asked, or was asked in vain a moment ago.
    pub(super) fn ask(&mut self, policy: &Policy, signed: &Signed) {
        if self.wanted.is_some() || self.not_before.is_some_and(|then| Instant::now() < then) {
            return;
        }
        for Witness { key, url } in policy.witnesses() {
            let Some(url) = url.clone() else { continue };
            if !self.busy.insert(key.id()) {
                continue;
            }
            let asking = Asking {
                carrier: Arc::clone(&self.carrier),
                log: self.log.clone(),
                key: key.clone(),
                url,
                signed: signed.clone(),
                old: self.known.get(&key.id()).copied().unwrap_or_default(),
            };
            self.asked.spawn(asking.run());
        }
        self.wanted = Some(signed.clone());
    }

    /// Hears who has answered meanwhile. The checkpoint with its cosignatures, as soon as the policy is
    /// satisfied.
    pub(super) fn answered(&mut self, policy: &Policy) -> Option<Signed> {
        while let Some(answered) = self.asked.try_join_next() {
            let answered = answered.unwrap_or_else(|died| resume_unwind(died.into_panic()));
            self.hear(answered);
        }
        if self.wanted.as_ref().is_some_and(|wanted| policy.accept(&wanted.note).is_ok()) {
            self.not_before = None;
            return self.wanted.take();
        }
        if self.busy.is_empty() && self.wanted.take().is_some() {
            self.not_before = Some(Instant::now() + AGAIN);
        }
        None
    }

    fn hear(&mut self, answered: Answered) {
        let Answered { key, old, mut signed, lines } = answered;
        self.busy.remove(&key.id());
        self.known.insert(key.id(), old);
        let adopted = lines.and_then(|lines| {
            signed.note.adopt(&lines, &key)?;
            // There may be enough already, or it is of an earlier one.
            let wanted = self.wanted.as_mut();
            let same = wanted.filter(|wanted| wanted.checkpoint == signed.checkpoint);
            same.map_or(Ok(()), |wanted| Ok(wanted.note.adopt(&lines, &key)?))
        });
        match adopted {
            Ok(()) => {
                self.faults.remove(&key.id());
                self.conflicts.remove(&key.id());
            }
            Err(fault) => self.tell(&key, fault),
        }
        metrics::gauge!("journal_witness_conflict").set(f64::from(u8::from(self.is_in_conflict())));
    }

    /// Each fault is told when it begins, and when it is another one.
    fn tell(&mut self, key: &VerifierKey, fault: Fault) {
        metrics::counter!("journal_witness_faults_total").increment(1);
        let is_conflict = matches!(fault, Fault::Another(_));
        if is_conflict {
            self.conflicts.insert(key.id());
        }
        if self.faults.get(&key.id()) == Some(&fault) {
            return;
        }
        let witness = key.name();
        if is_conflict {
            tracing::error!(%witness, %fault, "a witness does not sign: see docs/how-to/sign-the-log.md");
        } else {
            tracing::warn!(%witness, %fault, "a witness does not sign");
        }
        self.faults.insert(key.id(), fault);
    }
}

/// What asking one of them brought.
#[derive(Debug)]
struct Answered {
    key: VerifierKey,
    /// The size that it knows now.
    old: u64,
    /// What it was asked about.
    signed: Signed,
    /// Its signature lines, unchecked.
    lines: Result<Vec<u8>, Fault>,
}

/// One witness, asked about one checkpoint.
struct Asking {
    carrier: Arc<dyn Carrier>,
    log: PathBuf,
    key: VerifierKey,
    url: String,
    signed: Signed,
    old: u64,
}

impl Asking {
    async fn run(mut self) -> Answered {
        let lines = self.answer().await;
        Answered { key: self.key, old: self.old, signed: self.signed, lines }
    }

    async fn answer(&mut self) -> Result<Vec<u8>, Fault> {
        let size = self.signed.checkpoint.size;
        let first = self.post().await?;
        let answer = match (first.status, size_of(&first.body)) {
            // It knows another size than we thought, and says which.
            (409, Some(known)) if known != self.old && known <= size => {
                self.old = known;
                self.post().await?
            }
            _ => first,
        };
        match answer.status {
            200 => {
                self.old = size;
                Ok(answer.body)
            }
            409 => Err(Fault::Another(size_of(&answer.body))),
            422 => Err(Fault::Another(None)),
            status => Err(Fault::Status(status)),
        }
    }

    /// That the tree it knows is the beginning of this one. In the background: it waits for the disk.
    async fn proof(&self, old: u64, size: u64) -> Result<Vec<Hash>, Fault> {
        let log = self.log.clone();
        let proof = tokio::task::spawn_blocking(move || {
            let mut tiles = Tiles::new(size, |tile| files::tile(&log, tile));
            tree::consistency(old, size, |node| tiles.node(node))
        });
        let proof = proof.await.unwrap_or_else(|died| resume_unwind(died.into_panic()));
        proof.map_err(|fault| Fault::Proof(fault.to_string()))
    }

    async fn post(&self) -> Result<Answer, Fault> {
        let (old, size) = (self.old.min(self.signed.checkpoint.size), self.signed.checkpoint.size);
        let proof = self.proof(old, size).await?;
        let body = AddCheckpoint { old, proof, note: self.signed.note.clone() }.to_string();
        let url = format!("{}/add-checkpoint", self.url.trim_end_matches('/'));
        match timeout(PATIENCE, self.carrier.carry(url, body)).await {
            Ok(answer) => answer.map_err(Fault::Silent),
            Err(_) => Err(Fault::Silent("it takes too long".to_owned())),
        }
    }
}
