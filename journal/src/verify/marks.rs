//! What was signed of the log, size by size, in the order in which a verification comes by.

use sha2::{Digest, Sha256};

use crate::leaf::Hash;
use crate::merkle::Frontier;
use crate::signer::{Checkpoints, SignError, Signed};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;

use super::Tampering;
use super::reached::Reached;

/// The checkpoint file, read as it is needed, and a checkpoint of one's own.
#[derive(Debug)]
pub struct Marks {
    /// None: nothing was signed.
    policy: Option<Policy>,
    file: Option<Checkpoints>,
    /// The file's next one.
    next: Option<Checkpoint>,
    /// A checkpoint that somebody kept.
    since: Option<Checkpoint>,
    /// One that was published, with what the policy asks for.
    published: Option<Checkpoint>,
    /// The largest size found as it was signed.
    sound: i64,
    /// The largest size of all.
    largest: i64,
    count: u64,
    /// Stands for all that were compared, in their order.
    seen: Hash,
}

impl Marks {
    /// Of a checkpoint file and of a checkpoint that was kept elsewhere, as far as they are there.
    ///
    /// # Errors
    /// The file cannot be read, or one of them is malformed, or not signed as the policy wants.
    pub fn new(
        policy: Policy,
        file: Option<Checkpoints>,
        since: Option<&[u8]>,
    ) -> Result<Self, SignError> {
        let since = match since {
            Some(bytes) => Some(policy.accept(&Note::parse(bytes)?)?),
            None => None,
        };
        let largest = since.as_ref().map_or(0, size);
        let mut marks = Self { policy: Some(policy), file, since, largest, ..Self::none() };
        marks.advance()?;
        Ok(marks)
    }

    /// And of a checkpoint that was published: the file's have no signatures of witnesses.
    ///
    /// # Errors
    /// It is malformed, or not signed as the policy wants.
    pub fn and(mut self, published: &[u8]) -> Result<Self, SignError> {
        if let Some(policy) = &self.policy {
            let published = policy.accept(&Note::parse(published)?)?;
            self.largest = self.largest.max(size(&published));
            self.published = Some(published);
        }
        Ok(self)
    }

    /// Whether the policy does.
    pub fn wants_witnesses(&self) -> bool {
        self.policy.as_ref().is_some_and(Policy::wants_witnesses)
    }

    /// Whether no checkpoint is among them that the policy's witnesses have signed, though it wants
    /// some.
    pub fn lack_witnesses(&self) -> bool {
        self.wants_witnesses() && self.since.is_none() && self.published.is_none()
    }

    /// Of a log of which nothing was signed.
    pub(super) fn none() -> Self {
        Self {
            policy: None,
            file: None,
            next: None,
            since: None,
            published: None,
            sound: 0,
            largest: 0,
            count: 0,
            seen: [0; 32],
        }
    }

    /// Leaves those behind that an earlier run compared.
    pub(super) fn pass(&mut self, reached: &Reached) -> Result<(), SignError> {
        let mut kept = self.since.clone().filter(|mark| size(mark) <= reached.done);
        let mut published = self.published.clone().filter(|mark| size(mark) <= reached.done);
        while let Some(mark) = self.next.take_if(|mark| size(mark) <= reached.done) {
            published
                .take_if(|published| (published.size, published.root) == (mark.size, mark.root));
            if let Some(kept) = kept.take_if(|kept| kept.size < mark.size) {
                self.compared(&kept);
            }
            self.compared(&mark);
            self.advance()?;
        }
        if let Some(kept) = kept {
            self.compared(&kept);
        }
        // The published one changes from run to run, but stands among those of the file.
        match published.is_none() && reached.saw(&self.seen) {
            true => Ok(()),
            false => Err(SignError::OtherMarks),
        }
    }

    /// What stands for all that were compared.
    pub(super) fn seen(&self) -> Hash {
        self.seen
    }

    fn compared(&mut self, mark: &Checkpoint) {
        let mut hash = Sha256::new();
        hash.update(self.seen);
        hash.update(mark.size.to_be_bytes());
        hash.update(mark.root);
        self.seen = hash.finalize().into();
        self.sound = size(mark);
        self.count += 1;
    }

    /// How many checkpoints were found to be of this log.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// The largest size that was signed; 0 when nothing was.
    pub fn signed(&self) -> i64 {
        self.largest
    }

    /// Whether they are of this log at all.
    pub(crate) fn are_of(&self, origin: &str) -> Result<(), SignError> {
        let mut marks = self.next.iter().chain(&self.since).chain(&self.published);
        let other = marks.find(|mark| mark.origin != origin);
        match other.map(|mark| mark.origin.clone()) {
            Some(file) => Err(SignError::OtherLog { file, database: origin.to_owned() }),
            None => Ok(()),
        }
    }

    /// Whether the tree of the first `now` events is another than the one that was signed.
    pub(crate) fn differ(
        &mut self,
        now: i64,
        tree: &Frontier,
    ) -> Result<Option<Tampering>, SignError> {
        let mut marks = Vec::new();
        while let Some(mark) = self.next.take_if(|mark| size(mark) == now) {
            marks.push(mark);
            self.advance()?;
        }
        marks.extend(self.since.clone().filter(|mark| size(mark) == now));
        let published = self.published.as_ref().filter(|mark| size(mark) == now);
        if marks.is_empty() && published.is_none() {
            return Ok(None);
        }
        let root = tree.root();
        if marks.iter().chain(published).any(|signed| signed.root != root) {
            return Ok(Some(Tampering::Rewritten { sound: self.sound, size: now }));
        }
        marks.iter().for_each(|mark| self.compared(mark));
        Ok(None)
    }

    /// Whether more was signed than there is.
    pub(crate) fn beyond(&mut self, now: i64) -> Result<Option<Tampering>, SignError> {
        while self.next.is_some() {
            self.advance()?;
        }
        let rollback = Tampering::Rollback { from: self.largest, to: now };
        Ok((self.largest > now).then_some(rollback))
    }

    /// Sizes grow: the file's reader sees to it.
    fn advance(&mut self) -> Result<(), SignError> {
        let before = self.next.take().map(|mark| mark.size);
        let (Some(file), Some(policy)) = (&mut self.file, &self.policy) else { return Ok(()) };
        let signed = file.next(policy, before)?;
        self.next = signed.map(|Signed { checkpoint, .. }| checkpoint);
        self.largest = self.largest.max(self.next.as_ref().map_or(0, size));
        Ok(())
    }
}

fn size(mark: &Checkpoint) -> i64 {
    i64::try_from(mark.size).unwrap_or(i64::MAX)
}
