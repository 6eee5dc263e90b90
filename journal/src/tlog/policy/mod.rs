//! Whom a reader trusts: keys of logs, keys of witnesses, and how many of these must have signed.
//!
//! The file format is tlog-policy. One kind of comment means something to us, and nothing to others:
//! `#annals-from <key identity> <size>` says from which size on a log's key signs. A key with it
//! retires the one before; signatures of a key outside its sizes count as those of a stranger.

mod parse;

use super::checkpoint::{Checkpoint, CheckpointError};
use super::key::{KeyId, VerifierKey};
use super::note::{Note, NoteError};

pub use parse::PolicyError;

/// What a checkpoint must have to be believed.
#[derive(Debug, Clone)]
pub struct Policy {
    text: Vec<u8>,
    logs: Vec<LogKey>,
    witnesses: Vec<Witness>,
    groups: Vec<Group>,
    quorum: Option<Member>,
}

/// A witness, and where it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Witness {
    /// What it signs with.
    pub key: VerifierKey,
    /// The prefix of its addresses, where the policy names one.
    pub url: Option<String>,
}

/// A log's key, and the sizes it signs.
#[derive(Debug, Clone)]
struct LogKey {
    key: VerifierKey,
    from: u64,
    /// The first size that the next key signs.
    until: Option<u64>,
}

impl LogKey {
    fn signs(&self, size: u64) -> bool {
        self.from <= size && self.until.is_none_or(|until| size < until)
    }
}

/// Who may witness: a witness, or enough of a group. By place: members stand before their groups.
#[derive(Debug, Clone, Copy)]
enum Member {
    Witness(usize),
    Group(usize),
}

#[derive(Debug, Clone)]
struct Group {
    least: usize,
    members: Vec<Member>,
}

/// Why a checkpoint is not to be believed.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// It is malformed.
    #[error(transparent)]
    Checkpoint(#[from] CheckpointError),
    /// The signatures.
    #[error(transparent)]
    Note(#[from] NoteError),
    /// No key of this log is known.
    #[error("the policy knows no log {0}")]
    UnknownLog(String),
    /// A key of the log has signed, but not for trees of this size.
    #[error("key {0} does not sign trees of {1} events")]
    Retired(KeyId, u64),
    /// Too few witnesses.
    #[error("too few witnesses have signed")]
    Quorum,
}

impl Policy {
    /// One log key, no witnesses.
    pub fn of_log(key: VerifierKey) -> Self {
        Self {
            text: format!("log {key}\nquorum none\n").into_bytes(),
            logs: vec![LogKey { key, from: 0, until: None }],
            witnesses: Vec::new(),
            groups: Vec::new(),
            quorum: None,
        }
    }

    /// As a file: what it was read from.
    pub fn text(&self) -> &[u8] {
        &self.text
    }

    /// Whether this is the key of a log.
    pub fn lists(&self, key: &VerifierKey) -> bool {
        self.logs.iter().any(|log| log.key == *key)
    }

    /// Keys of logs, each with the size from which it signs.
    pub fn log_keys(&self) -> impl Iterator<Item = (&VerifierKey, u64)> {
        self.logs.iter().map(|log| (&log.key, log.from))
    }

    /// Everybody who may witness.
    pub fn witnesses(&self) -> &[Witness] {
        &self.witnesses
    }

    /// Whether anybody has to witness.
    pub fn wants_witnesses(&self) -> bool {
        self.quorum.is_some()
    }

    /// The checkpoint of a note that the log itself has signed, with a key for its size. Of
    /// witnesses nothing is asked.
    ///
    /// # Errors
    /// It has not.
    pub fn signed_by_log(&self, note: &Note) -> Result<Checkpoint, Refused> {
        let checkpoint: Checkpoint = note.text().parse()?;
        let of_log = |log: &&LogKey| log.key.name().as_str() == checkpoint.origin;
        if !self.logs.iter().any(|log| of_log(&log)) {
            return Err(Refused::UnknownLog(checkpoint.origin));
        }
        let keys = self.logs.iter().filter(of_log);
        let signed = note.verify(keys.clone().map(|log| &log.key))?;
        let has_signed = |log: &&LogKey| signed.iter().any(|signed| *signed.key == log.key);
        if !keys.filter(has_signed).any(|log| log.signs(checkpoint.size)) {
            return Err(Refused::Retired(signed[0].key.id(), checkpoint.size));
        }
        Ok(checkpoint)
    }

    /// The checkpoint of a note, when the policy is satisfied with who has signed it.
    ///
    /// # Errors
    /// It is not.
    pub fn accept(&self, note: &Note) -> Result<Checkpoint, Refused> {
        let checkpoint = self.signed_by_log(note)?;
        let witnesses = match note.verify(self.witnesses.iter().map(|witness| &witness.key)) {
            Ok(signed) => signed,
            Err(NoteError::Unsigned) => Vec::new(),
            Err(error) => return Err(error.into()),
        };
        let witnessed: Vec<bool> = self
            .witnesses
            .iter()
            .map(|witness| witnesses.iter().any(|signed| *signed.key == witness.key))
            .collect();
        if self.is_quorum(&witnessed) { Ok(checkpoint) } else { Err(Refused::Quorum) }
    }

    fn is_quorum(&self, witnessed: &[bool]) -> bool {
        let mut groups: Vec<bool> = Vec::with_capacity(self.groups.len());
        for group in &self.groups {
            let has = |member: &&Member| match member {
                Member::Witness(place) => witnessed[*place],
                // Members stand before their group.
                Member::Group(place) => groups[*place],
            };
            let enough = group.members.iter().filter(has).count() >= group.least;
            groups.push(enough);
        }
        match self.quorum {
            None => true,
            Some(Member::Witness(place)) => witnessed[place],
            Some(Member::Group(place)) => groups[place],
        }
    }
}
