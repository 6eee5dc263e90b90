//! A proof file: everything that shows one entry to be in a log, checked offline with a policy.

use std::fmt;

use super::check::{self, LONGEST, ProofError};
use super::checkpoint::Checkpoint;
use super::note::{LARGEST, Note, NoteError};
use super::policy::{Policy, Refused};
use super::text;
use crate::leaf::Hash;

const FIRST: &str = "c2sp.org/tlog-proof@v1";

/// Why a proof file is none, or proves nothing.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum ProofFileError {
    /// Too large, not UTF-8, or a line that does not belong there.
    #[error("this is not a proof file: {0}")]
    Form(&'static str),
    /// The checkpoint's note is malformed.
    #[error("the proof's checkpoint: {0}")]
    Note(#[from] NoteError),
    /// Nobody vouches for the checkpoint.
    #[error("the proof's checkpoint: {0}")]
    Refused(#[from] Refused),
    /// The hashes prove something else.
    #[error(transparent)]
    Proof(#[from] ProofError),
}

/// The proof of one entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LogProof {
    /// Whatever goes along. Nobody vouches for it.
    pub extra: Option<Vec<u8>>,
    /// The entry's place in the log, from 0.
    pub index: u64,
    /// From the entry's sibling up.
    pub hashes: Vec<Hash>,
    /// The checkpoint of the tree.
    pub checkpoint: Note,
}

impl LogProof {
    /// Reads a file.
    ///
    /// # Errors
    /// It is malformed; nothing is checked.
    pub fn parse(bytes: &[u8]) -> Result<Self, ProofFileError> {
        let form = ProofFileError::Form;
        if bytes.len() > 2 * LARGEST {
            return Err(form("it is too large"));
        }
        let file = std::str::from_utf8(bytes).map_err(|_| form("it is not UTF-8"))?;
        let rest = file.strip_prefix(FIRST).and_then(|rest| rest.strip_prefix('\n'));
        let rest = rest.ok_or(form("its first line is another"))?;
        let (head, checkpoint) = rest.split_once("\n\n").ok_or(form("it has no checkpoint"))?;
        let mut lines = head.split('\n').peekable();
        let extra = match lines.next_if(|line| line.starts_with("extra ")) {
            Some(line) => Some(text::bytes(&line["extra ".len()..]).ok_or(form("its extra line"))?),
            None => None,
        };
        let index = lines.next().and_then(|line| line.strip_prefix("index "));
        let index = index.and_then(text::decimal).ok_or(form("its index line"))?;
        let mut hashes = Vec::new();
        for line in lines {
            if hashes.len() == LONGEST {
                return Err(form("it has too many hashes"));
            }
            hashes.push(text::hash(line).ok_or(form("a hash of it"))?);
        }
        Ok(Self { extra, index, hashes, checkpoint: Note::parse(checkpoint.as_bytes())? })
    }

    /// Checks it for the entry with this leaf hash; the checkpoint it leads to.
    ///
    /// # Errors
    /// The policy does not accept the checkpoint, or the hashes do not lead there.
    pub fn check(&self, leaf: &Hash, policy: &Policy) -> Result<Checkpoint, ProofFileError> {
        let checkpoint = policy.accept(&self.checkpoint)?;
        check::inclusion(leaf, self.index, (checkpoint.size, &checkpoint.root), &self.hashes)?;
        Ok(checkpoint)
    }
}

impl fmt::Display for LogProof {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{FIRST}")?;
        if let Some(extra) = &self.extra {
            writeln!(f, "extra {}", text::base64(extra))?;
        }
        writeln!(f, "index {}", self.index)?;
        self.hashes.iter().try_for_each(|hash| writeln!(f, "{}", text::base64(hash)))?;
        write!(f, "\n{}", self.checkpoint)
    }
}
