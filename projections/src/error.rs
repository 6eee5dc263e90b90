//! What can go wrong on the read side; none of it is a business "no".

use journal::JournalError;
use journal::read::StreamsError;
use journal::sharing::NobodyAnswers;

use crate::almanac::AlmanacError;

/// Keeping, rebuilding or comparing a read model failed.
#[derive(Debug, thiserror::Error)]
pub enum ProjectionError {
    /// The log cannot be read, or an event of it not understood.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A stream of the log is not whole.
    #[error(transparent)]
    Streams(#[from] StreamsError),
    /// An event of the log cannot be read; a sentence without data.
    #[error("{0}")]
    Unreadable(String),
    /// The database failed; the sentence holds a code, never data.
    #[error("database: {}", journal::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// A stored row is not what this version writes.
    #[error("a row of {0} has an unknown shape")]
    Row(&'static str),
    /// The hours of a calendar cannot be had.
    #[error(transparent)]
    Almanac(#[from] AlmanacError),
    /// A model that this one reads is not far enough yet.
    #[error("{0} has to be further first")]
    Behind(&'static str),
    /// A computation asked of the read side failed.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// Another process rebuilds the same model.
    #[error("{0} is being rebuilt by another process")]
    Busy(&'static str),
    /// The model was rebuilt by another version of the program, or never prepared.
    #[error("{0} was not prepared by this version")]
    Unprepared(&'static str),
    /// Somebody else wrote where only a rebuild may.
    #[error("another process wrote into the rebuild of {0}")]
    Fenced(&'static str),
    /// An event cannot be applied, however often it is tried.
    #[error("event {number} cannot be applied: {cause}")]
    Poison {
        /// Its number in the log.
        number: i64,
        /// Why.
        cause: Box<ProjectionError>,
    },
    /// Somebody wanted no more of a rebuild.
    #[error("the rebuild of {0} was cancelled; it can be resumed")]
    Cancelled(&'static str),
    /// No rebuild of the model stopped before its end.
    #[error("there is no rebuild of {0} to resume")]
    NothingToResume(&'static str),
    /// The model has no tables of before.
    #[error("nothing of {0} was kept to go back to")]
    NothingKept(&'static str),
    /// The tables of before are not for this program.
    #[error("what was kept of {0} is of version {1}, which this program does not read")]
    KeptOtherVersion(&'static str, i32),
    /// Rows of one stream are wanted of a model whose rows come from several.
    #[error("rows of {0} come from several streams: ask for all of them")]
    NotByStream(&'static str),
    /// What is to be made is there.
    #[error("there is a schema {0} already")]
    SchemaThere(String),
}

impl ProjectionError {
    /// Whether trying again later can help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Journal(error) | Self::Streams(StreamsError::Journal(error)) => {
                error.is_transient()
            }
            Self::Database(error) => journal::error::is_transient(error),
            Self::Almanac(error) => error.is_transient(),
            Self::Read(ReadError::Database(error)) => journal::error::is_transient(error),
            Self::Busy(_) | Self::Unprepared(_) | Self::Fenced(_) | Self::Behind(_) => true,
            Self::Row(_)
            | Self::Read(_)
            | Self::Unreadable(_)
            | Self::Streams(_)
            | Self::Poison { .. }
            | Self::Cancelled(_)
            | Self::NothingToResume(_)
            | Self::NothingKept(_)
            | Self::KeptOtherVersion(..)
            | Self::NotByStream(_)
            | Self::SchemaThere(_) => false,
        }
    }

    /// Whether it is the event's fault, or that of the rows it changes: others may do well. A table
    /// that is missing is everybody's.
    pub(crate) fn is_poison(&self) -> bool {
        match self {
            Self::Unreadable(_) | Self::Row(_) | Self::Read(ReadError::Row(_)) => true,
            Self::Almanac(error) => !error.is_transient(),
            Self::Journal(error) => {
                matches!(error, JournalError::Undecodable { .. } | JournalError::Payload(_))
            }
            // Values out of range, and what constraints refuse.
            Self::Database(sqlx::Error::Database(error)) => error
                .code()
                .is_some_and(|code| ["22", "23", "54"].iter().any(|class| code.starts_with(class))),
            Self::Database(_)
            | Self::Read(_)
            | Self::Behind(_)
            | Self::Streams(_)
            | Self::Busy(_)
            | Self::Unprepared(_)
            | Self::Fenced(_)
            | Self::Poison { .. }
            | Self::Cancelled(_)
            | Self::NothingToResume(_)
            | Self::NothingKept(_)
            | Self::KeptOtherVersion(..)
            | Self::NotByStream(_)
            | Self::SchemaThere(_) => false,
        }
    }
}

/// Reading rows failed.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// The database failed; the sentence holds a code, never data.
    #[error("database: {}", journal::error::describe(.0))]
    Database(#[from] sqlx::Error),
    /// The cursor is none of ours, or belongs to another filter or order.
    #[error("the cursor does not belong to this list")]
    BadCursor,
    /// The filter compares what cannot be compared.
    #[error("{0}")]
    BadFilter(&'static str),
    /// A stored row is not what this version writes.
    #[error("a row of {0} has an unknown shape")]
    Row(&'static str),
    /// The hours of a calendar cannot be had.
    #[error(transparent)]
    Almanac(#[from] AlmanacError),
    /// An event cannot be understood.
    #[error(transparent)]
    Event(#[from] journal::JournalError),
    /// The process is ending.
    #[error(transparent)]
    Ending(#[from] NobodyAnswers),
}
