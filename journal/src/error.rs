//! Technical failures of the journal. A business "no" never is one.

use std::error::Error;
use std::iter::successors;

use domain::fact::FactError;
use domain::kernel::meta::MetaError;

/// What can go wrong between us and the database.
#[derive(Debug, thiserror::Error)]
pub enum JournalError {
    /// The database failed or cannot be reached; the sentence holds a code, never data.
    #[error("database: {}", describe(.0))]
    Database(#[from] sqlx::Error),
    /// The log jumps: a number is missing. Never a normal state.
    #[error("the log has a gap: expected number {expected}, found {found}")]
    Gap {
        /// The number that had to come.
        expected: i64,
        /// What came instead; the number before it when the log ends too early.
        found: i64,
    },
    /// A stored event cannot be read by this version.
    #[error("event {aggregate_type}/{aggregate_id}/{sequence}: {fault}")]
    Undecodable {
        /// Stream type.
        aggregate_type: String,
        /// Stream identity.
        aggregate_id: String,
        /// Number within the stream.
        sequence: i64,
        /// What is wrong.
        fault: EventFault,
    },
    /// Sealing or opening failed: wrong key, moved or altered envelope.
    #[error("personal data: {0}")]
    Seal(#[from] crate::seal::SealError),
    /// What was to be stored is not acceptable.
    #[error("event payload: {0}")]
    Payload(#[from] crate::strict::StrictError),
}

/// Why an event cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum EventFault {
    /// Not JSON, or not the JSON we write.
    #[error("{0}")]
    Strict(#[from] crate::strict::StrictError),
    /// Not an event we know.
    #[error("{0}")]
    Fact(#[from] FactError),
    /// Not metadata we know.
    #[error("{0}")]
    Meta(#[from] MetaError),
    /// No upcaster leads from this version to today's.
    #[error("no way from version {0} to today's")]
    Version(String),
    /// An envelope does not open.
    #[error("personal data: {0}")]
    Seal(#[from] crate::seal::SealError),
}

impl JournalError {
    /// Whether trying again later can help.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Database(error) => is_transient(error),
            Self::Seal(error) => error.is_transient(),
            Self::Gap { .. } | Self::Undecodable { .. } | Self::Payload(_) => false,
        }
    }
}

/// Whether this database error may pass: lost connections, shutdowns, serialisation, time-outs.
pub fn is_transient(error: &sqlx::Error) -> bool {
    is_lost(error) || has_code(error, &["40", "55", "57"])
}

/// Whether the database behind this error, or behind one of its causes, is away: nobody can ask it
/// anything for now.
pub fn is_away(error: &(dyn Error + 'static)) -> bool {
    successors(Some(error), |&error| error.source())
        .any(|error| error.downcast_ref().is_some_and(is_lost))
}

/// Whether it is the line that broke, or the database that takes none.
fn is_lost(error: &sqlx::Error) -> bool {
    match error {
        sqlx::Error::Database(_) => has_code(error, &["08", "53", "57P"]),
        sqlx::Error::Io(_)
        | sqlx::Error::PoolTimedOut
        | sqlx::Error::PoolClosed
        | sqlx::Error::WorkerCrashed
        | sqlx::Error::Protocol(_)
        | sqlx::Error::Tls(_) => true,
        _ => false,
    }
}

fn has_code(error: &sqlx::Error, beginnings: &[&str]) -> bool {
    let code = error.as_database_error().and_then(|error| error.code());
    code.is_some_and(|code| beginnings.iter().any(|beginning| code.starts_with(beginning)))
}

/// A sentence for logs that cannot contain stored data: messages of the server may quote rows.
pub fn describe(error: &sqlx::Error) -> String {
    match error {
        sqlx::Error::Database(db) => {
            let code = db.code().unwrap_or_default();
            match db.constraint() {
                Some(constraint) => format!("code {code}, constraint {constraint}"),
                None => format!("code {code}"),
            }
        }
        sqlx::Error::Io(error) => format!("connection: {}", error.kind()),
        sqlx::Error::PoolTimedOut => "no connection became free in time".to_owned(),
        sqlx::Error::RowNotFound => "a row is missing".to_owned(),
        sqlx::Error::ColumnDecode { .. } | sqlx::Error::Decode(_) => {
            "a value cannot be read".to_owned()
        }
        _ => "the connection failed".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::seal::SealError;

    #[test]
    fn a_database_that_is_away_is_found_behind_whatever_it_caused() {
        let broken = || sqlx::Error::Io(std::io::ErrorKind::ConnectionReset.into());
        assert!(is_away(&broken()) && is_away(&JournalError::Database(broken())));
        let sealing = Box::new(JournalError::Seal(SealError::Database(broken())));
        assert!(is_away(&sealing));
        assert!(!is_away(&JournalError::Database(sqlx::Error::RowNotFound)));
        assert!(!is_away(&JournalError::Gap { expected: 1, found: 2 }));
    }
}
