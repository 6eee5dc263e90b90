//! Cosignatures: asked of the witnesses whom the policy names, until it is satisfied.
//!
//! Beside the signing, never in its way: a witness that is slow or gone delays what is published, and
//! nothing else. What witnesses answer is believed only as far as their keys have signed it.

use std::collections::BTreeMap;
use std::fmt::Debug;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::FuturesUnordered;
use tokio::task::JoinHandle;
use tokio::time::{Instant, timeout};

use super::checkpoints::Signed;
use crate::tlog::key::KeyId;
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

/// What one asking of everybody brought.
#[derive(Debug)]
struct Round {
    signed: Signed,
    known: Known,
    faults: BTreeMap<String, Fault>,
}

/// The witnesses, and what is being asked of them.
#[derive(Debug)]
pub(super) struct Witnesses {
    carrier: Arc<dyn Carrier>,
    log: PathBuf,
    known: Known,
    faults: BTreeMap<String, Fault>,
    running: Option<JoinHandle<Round>>,
    not_before: Option<Instant>,
}

impl Witnesses {
    pub(super) fn new(carrier: Arc<dyn Carrier>, log: &Path) -> Self {
        Self {
            carrier,
            log: log.to_owned(),
            known: Known::new(),
            faults: BTreeMap::new(),
            running: None,
            not_before: None,
        }
    }

    pub(super) fn is_asking(&self) -> bool {
        self.running.is_some()
    }

    /// Begins to ask, unless somebody is being asked, or was asked in vain a moment ago.
    pub(super) fn ask(&mut self, policy: &Policy, signed: &Signed) {
        if self.running.is_some() || self.not_before.is_some_and(|then| Instant::now() < then) {
            return;
        }
        let round =
            Round { signed: signed.clone(), known: self.known.clone(), faults: BTreeMap::new() };
        let (carrier, log, policy) = (Arc::clone(&self.carrier), self.log.clone(), policy.clone());
        self.running = Some(tokio::spawn(async move { round.run(&*carrier, &log, &policy).await }));
    }

    /// The checkpoint with its cosignatures, once the asking is over and the policy is satisfied.
    pub(super) async fn answered(&mut self, policy: &Policy) -> Option<Signed> {
        let running = self.running.take_if(|running| running.is_finished())?;
        let round =
            running.await.unwrap_or_else(|died| std::panic::resume_unwind(died.into_panic()));
        self.known = round.known;
        self.tell(round.faults);
        let enough = policy.accept(&round.signed.note).is_ok();
        self.not_before = (!enough).then(|| Instant::now() + AGAIN);
        enough.then_some(round.signed)
    }

    /// Each fault is told when it begins, and when it is another one.
    fn tell(&mut self, faults: BTreeMap<String, Fault>) {
        let conflicts = faults.values().any(|fault| matches!(fault, Fault::Another(_)));
        metrics::gauge!("journal_witness_conflict").set(f64::from(u8::from(conflicts)));
        for (witness, fault) in &faults {
            metrics::counter!("journal_witness_faults_total").increment(1);
            if self.faults.get(witness) == Some(fault) {
                continue;
            }
            if matches!(fault, Fault::Another(_)) {
                tracing::error!(%witness, %fault, "a witness does not sign: see docs/how-to/sign-the-log.md");
            } else {
                tracing::warn!(%witness, %fault, "a witness does not sign");
            }
        }
        self.faults = faults;
    }
}

impl Drop for Witnesses {
    fn drop(&mut self) {
        if let Some(running) = &self.running {
            running.abort();
        }
    }
}

impl Round {
    /// Asks all at once; whoever has not answered when there are enough is not waited for.
    async fn run(mut self, carrier: &dyn Carrier, log: &Path, policy: &Policy) -> Self {
        let plain = self.signed.clone();
        let asked = policy.witnesses().iter().filter_map(|witness| {
            let url = witness.url.as_deref()?;
            let old = self.known.get(&witness.key.id()).copied().unwrap_or_default();
            let asking = Asking { carrier, log, witness, url, signed: &plain, old };
            Some(asking.run())
        });
        let mut asked: FuturesUnordered<_> = asked.collect();
        while let Some((witness, old, answer)) = asked.next().await {
            self.known.insert(witness.key.id(), old);
            let adopted =
                answer.and_then(|lines| Ok(self.signed.note.adopt(&lines, &witness.key)?));
            if let Err(fault) = adopted {
                self.faults.insert(witness.key.name().to_string(), fault);
            } else if policy.accept(&self.signed.note).is_ok() {
                break;
            }
        }
        drop(asked);
        self
    }
}

/// One witness, asked about one checkpoint.
struct Asking<'a> {
    carrier: &'a dyn Carrier,
    log: &'a Path,
    witness: &'a Witness,
    url: &'a str,
    signed: &'a Signed,
    old: u64,
}

impl<'a> Asking<'a> {
    /// The witness, the size it knows now, and its signature lines, unchecked.
    async fn run(mut self) -> (&'a Witness, u64, Result<Vec<u8>, Fault>) {
        let answer = self.answer().await;
        (self.witness, self.old, answer)
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

    async fn post(&self) -> Result<Answer, Fault> {
        let (old, size) = (self.old.min(self.signed.checkpoint.size), self.signed.checkpoint.size);
        let mut tiles = Tiles::new(size, |tile| std::fs::read(self.log.join(tile.to_string())));
        let proof = tree::consistency(old, size, |node| tiles.node(node));
        let proof = proof.map_err(|fault| Fault::Proof(fault.to_string()))?;
        let body = AddCheckpoint { old, proof, note: self.signed.note.clone() }.to_string();
        let url = format!("{}/add-checkpoint", self.url.trim_end_matches('/'));
        match timeout(PATIENCE, self.carrier.carry(url, body)).await {
            Ok(answer) => answer.map_err(Fault::Silent),
            Err(_) => Err(Fault::Silent("it takes too long".to_owned())),
        }
    }
}
