//! What is appended, and what comes of it.

use domain::access::Premise;
use domain::kernel::{Actor, ClaimChange, Meta};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use uuid::Uuid;

use crate::error::JournalError;
use crate::token::PositionToken;

/// An event to be stored; personal data are still clear.
#[derive(Debug, Clone, PartialEq)]
pub struct NewEvent {
    /// Wire name.
    pub event_type: String,
    /// Version of its shape.
    pub event_version: String,
    /// Its JSON form.
    pub payload: Value,
    /// Who, when, why.
    pub meta: Meta,
}

/// Events for one stream, which must stand at `expected` for them to be appended.
#[derive(Debug, Clone, PartialEq)]
pub struct StreamAppend {
    /// Stream type.
    pub aggregate_type: &'static str,
    /// Stream identity.
    pub aggregate_id: Uuid,
    /// The stream's version before: the number of its events.
    pub expected: i64,
    /// What follows.
    pub events: Vec<NewEvent>,
}

/// A claim change on behalf of a stream.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ClaimOf {
    /// Stream type.
    pub aggregate_type: &'static str,
    /// Stream identity.
    pub aggregate_id: Uuid,
    /// Held or released.
    pub change: ClaimChange,
}

/// The identity of a command, for repetition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CommandRecord {
    /// Who sent it.
    pub actor: Actor,
    /// The sender's name for it.
    pub command_id: Uuid,
    /// SHA-256 of its input: the same id with another input is refused.
    pub input_hash: [u8; 32],
}

/// What a decision leaned on, as it was then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Premised {
    /// What.
    pub premise: Premise,
    /// How often it had been moved.
    pub version: i64,
}

/// One append.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Append {
    /// The streams; none may stand here twice.
    pub streams: Vec<StreamAppend>,
    /// Claims held and released.
    pub claims: Vec<ClaimOf>,
    /// Present when the command may be repeated by its sender.
    pub command: Option<CommandRecord>,
    /// What must not have moved since the decision; none twice.
    pub premises: Vec<Premised>,
}

/// A stream's version after an append.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StreamVersion {
    /// Stream type.
    pub aggregate_type: String,
    /// Stream identity.
    pub aggregate_id: Uuid,
    /// The number of its events.
    pub version: i64,
}

/// The answer to a command.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Where its last event will be found; none when it made no event.
    pub token: Option<PositionToken>,
    /// The streams it concerns.
    pub streams: Vec<StreamVersion>,
    /// Whether this is the first answer, given again.
    pub replayed: bool,
}

/// Why nothing was appended.
#[derive(Debug, thiserror::Error)]
pub enum AppendError {
    /// Somebody else appended to the stream first.
    #[error("the stream stands at {actual}, not at {expected}")]
    Stale {
        /// Stream identity.
        aggregate_id: Uuid,
        /// The version that was expected.
        expected: i64,
        /// The version there is.
        actual: i64,
    },
    /// The command was answered before; this is that answer.
    #[error("the command was answered before")]
    Repeated(Receipt),
    /// The command's id was used for another input.
    #[error("the command id was used for another input")]
    KeyReused,
    /// What it was decided on has moved: whoever wants it may not be allowed to any more.
    #[error("what this was decided on has changed")]
    Outdated,
    /// Another stream holds a unique key.
    #[error("{scope} is taken")]
    ClaimTaken {
        /// Namespace of the key.
        scope: String,
        /// Identity of the stream that holds it.
        holder: String,
    },
    /// Conflicts kept coming and going; nothing was appended.
    #[error("too many conflicting writers")]
    Busy,
    /// Technical failure. Whether the events were stored is unknown only when the connection broke
    /// while committing; a repeated command tells.
    #[error(transparent)]
    Journal(#[from] JournalError),
}

impl Append {
    /// The versions the streams will have.
    pub fn versions(&self) -> Vec<StreamVersion> {
        self.streams
            .iter()
            .map(|stream| StreamVersion {
                aggregate_type: stream.aggregate_type.to_owned(),
                aggregate_id: stream.aggregate_id,
                version: stream.expected + i64::try_from(stream.events.len()).unwrap_or(i64::MAX),
            })
            .collect()
    }
}
