//! What was signed of the log, size by size, in the order in which a verification comes by.

use crate::merkle::Frontier;
use crate::signer::{Checkpoints, SignError, Signed};
use crate::tlog::checkpoint::Checkpoint;
use crate::tlog::note::Note;
use crate::tlog::policy::Policy;

use super::Tampering;

/// The checkpoint file, read as it is needed, and a checkpoint of one's own.
#[derive(Debug)]
pub struct Marks {
    policy: Policy,
    file: Option<Checkpoints>,
    /// The file's next one.
    next: Option<Checkpoint>,
    /// Checkpoints of their own, that the policy is satisfied with.
    kept: Vec<Checkpoint>,
    /// The largest size found as it was signed.
    sound: i64,
    /// The largest size of all.
    largest: i64,
    count: u64,
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
        let kept = Vec::new();
        let mut marks = Self { policy, file, next: None, kept, sound: 0, largest: 0, count: 0 };
        marks.advance()?;
        match since {
            Some(bytes) => marks.and(bytes),
            None => Ok(marks),
        }
    }

    /// And of this checkpoint.
    ///
    /// # Errors
    /// It is malformed, or not signed as the policy wants.
    pub fn and(mut self, checkpoint: &[u8]) -> Result<Self, SignError> {
        let checkpoint = self.policy.accept(&Note::parse(checkpoint)?)?;
        self.largest = self.largest.max(size(&checkpoint));
        self.kept.push(checkpoint);
        Ok(self)
    }

    /// Whether the policy does.
    pub fn wants_witnesses(&self) -> bool {
        self.policy.wants_witnesses()
    }

    /// Whether no checkpoint is among them that the policy's witnesses have signed, though it wants
    /// some.
    pub fn lack_witnesses(&self) -> bool {
        self.policy.wants_witnesses() && self.kept.is_empty()
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
        let other = self.next.iter().chain(&self.kept).find(|mark| mark.origin != origin);
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
        let mut roots = Vec::new();
        while let Some(mark) = self.next.take_if(|mark| size(mark) == now) {
            roots.push(mark.root);
            self.advance()?;
        }
        let kept = self.kept.iter().filter(|mark| size(mark) == now);
        roots.extend(kept.map(|mark| mark.root));
        if roots.is_empty() {
            return Ok(None);
        }
        let root = tree.root();
        if roots.iter().any(|signed| *signed != root) {
            return Ok(Some(Tampering::Rewritten { sound: self.sound, size: now }));
        }
        self.sound = now;
        self.count += roots.len() as u64;
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
        let Some(file) = &mut self.file else { return Ok(()) };
        let signed = file.next(&self.policy, before)?;
        self.next = signed.map(|Signed { checkpoint, .. }| checkpoint);
        self.largest = self.largest.max(self.next.as_ref().map_or(0, size));
        Ok(())
    }
}

fn size(mark: &Checkpoint) -> i64 {
    i64::try_from(mark.size).unwrap_or(i64::MAX)
}
