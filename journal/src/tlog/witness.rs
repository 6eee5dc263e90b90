//! What a witness is asked, and when it signs: tlog-witness without HTTP, files and clock.
//!
//! A witness remembers of each log the one checkpoint that it signed last. It signs another only when
//! that one is shown to continue it: so nobody who asks it gets signatures under two histories.

use std::fmt;

use super::check::{self, ProofError};
use super::checkpoint::{Checkpoint, CheckpointError};
use super::note::{self, Note, NoteError};
use super::policy::{Policy, Refused};
use super::text;
use crate::leaf::Hash;

/// More proof lines are refused: no tree needs as many.
pub const PROOF_MAX: usize = 63;
/// Larger questions are refused unread.
pub const LARGEST: usize = note::LARGEST + (4 << 10);
/// How an answer says that its body is the size that the witness knows.
pub const SIZE_TYPE: &str = "text/x.tlog.size";

/// Why a question is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AskError {
    /// Not the line `old`, at most 63 hashes, an empty line.
    #[error("a question is an old size, at most 63 hashes, an empty line and a checkpoint")]
    Form,
    /// The note of the checkpoint.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// Its text.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
}

/// The body of `POST …/add-checkpoint`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AddCheckpoint {
    /// The size that the asker believes the witness to know.
    pub old: u64,
    /// That the tree of that size is the beginning of the new one.
    pub proof: Vec<Hash>,
    /// The new checkpoint, signed by its log.
    pub note: Note,
}

impl AddCheckpoint {
    /// Reads one.
    ///
    /// # Errors
    /// It is malformed; nothing in it is believed yet.
    pub fn parse(bytes: &[u8]) -> Result<Self, AskError> {
        let end = bytes.windows(2).position(|two| two == b"\n\n").ok_or(AskError::Form)?;
        let head = std::str::from_utf8(&bytes[..end]).map_err(|_| AskError::Form)?;
        let mut lines = head.split('\n');
        let old = lines.next().and_then(|line| line.strip_prefix("old "));
        let old = old.and_then(text::decimal).ok_or(AskError::Form)?;
        let mut proof = Vec::new();
        for line in lines {
            if proof.len() == PROOF_MAX {
                return Err(AskError::Form);
            }
            proof.push(text::hash(line).ok_or(AskError::Form)?);
        }
        Ok(Self { old, proof, note: Note::parse(&bytes[end + 2..])? })
    }
}

impl fmt::Display for AddCheckpoint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "old {}", self.old)?;
        self.proof.iter().try_for_each(|hash| writeln!(f, "{}", text::base64(hash)))?;
        write!(f, "\n{}", self.note)
    }
}

/// Why a witness does not sign.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Declined {
    /// The question is malformed.
    #[error(transparent)]
    Malformed(#[from] AskError),
    /// It asks for a smaller tree than it builds upon.
    #[error("the old size is larger than the checkpoint's")]
    Backwards,
    /// No log of this name.
    #[error("the log {0} is not one that is witnessed here")]
    UnknownLog(String),
    /// The log has not signed it, with no key that counts for this size.
    #[error("the log has not signed the checkpoint: {0}")]
    Unsigned(Refused),
    /// The witness has signed a checkpoint of another size last.
    #[error("the checkpoint signed last has {0} events, not as many as the question says")]
    Conflict(u64),
    /// The log has signed another tree of the size that the witness has signed last.
    #[error(
        "the checkpoint signed last has {0} events too, and another root: the log has signed two histories"
    )]
    Fork(u64),
    /// Nothing shows that the checkpoint continues the one signed last. Anybody can bring a proof that is none: by
    /// itself it shows nothing.
    #[error("the checkpoint is not shown to continue the one signed last: {0}")]
    Inconsistent(ProofError),
}

impl Declined {
    /// The status by which HTTP says so.
    pub fn status(&self) -> u16 {
        match self {
            Self::Malformed(_) | Self::Backwards => 400,
            Self::Unsigned(_) => 403,
            Self::UnknownLog(_) => 404,
            Self::Conflict(_) | Self::Fork(_) => 409,
            Self::Inconsistent(_) => 422,
        }
    }

    /// The size that the witness knows, where that is the answer.
    pub fn known_size(&self) -> Option<u64> {
        match self {
            Self::Conflict(size) | Self::Fork(size) => Some(*size),
            _ => None,
        }
    }
}

/// The checkpoint to be signed, when it continues the one that was signed last of its log.
///
/// `latest` finds that one by the log's name, once the log's signature has been checked.
///
/// # Errors
/// It is not to be signed, or `latest` does not answer.
pub fn judge<E: From<Declined>>(
    ask: &AddCheckpoint,
    logs: &[Policy],
    latest: impl FnOnce(&str) -> Result<Option<Checkpoint>, E>,
) -> Result<Checkpoint, E> {
    let new = signed(ask, logs)?;
    if ask.old > new.size {
        return Err(Declined::Backwards.into());
    }
    let latest = latest(&new.origin)?;
    if let Some(latest) = &latest
        && latest.size == new.size
        && latest.root != new.root
    {
        return Err(Declined::Fork(latest.size).into());
    }
    let (size, root) = latest.map_or((0, check::EMPTY), |latest| (latest.size, latest.root));
    if ask.old != size {
        return Err(Declined::Conflict(size).into());
    }
    check::consistency((size, &root), (new.size, &new.root), &ask.proof)
        .map_err(Declined::Inconsistent)?;
    Ok(new)
}

/// The checkpoint asked about, signed by one of these logs.
fn signed(ask: &AddCheckpoint, logs: &[Policy]) -> Result<Checkpoint, Declined> {
    let new: Checkpoint = ask.note.text().parse().map_err(AskError::from)?;
    let mut declined = Declined::UnknownLog(new.origin.clone());
    for log in logs {
        match log.signed_by_log(&ask.note) {
            Ok(signed) => return Ok(signed),
            Err(Refused::UnknownLog(_)) => {}
            Err(refused) => declined = Declined::Unsigned(refused),
        }
    }
    Err(declined)
}

/// The size that a witness says it knows.
pub fn size_of(body: &[u8]) -> Option<u64> {
    std::str::from_utf8(body).ok().and_then(|body| text::decimal(body.strip_suffix('\n')?))
}
