//! Why a run did not end well, and the exit code that says so.
//!
//! 0 is sound, 1 tampered with, 2 asked for wrongly, 3 not read to the end. What could not be read
//! is never taken for sound, and what this version cannot understand never for tampering.

use std::io;

use journal::JournalError;
use journal::bundle::BundleError;
use journal::erasure::ErasureError;
use journal::error::EventFault;
use journal::postgres::connect::ConnectError;
use journal::postgres::deployment::DeploymentError;
use journal::read::StreamsError;
use journal::seal::SealError;
use journal::signer::SignError;
use journal::tlog::policy::Refused;
use projections::compliance::ComplianceError;
use projections::{ProjectionError, ReadError};

/// One sentence, of one of three kinds.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Failure {
    /// The history or a view is not what it should be.
    #[error("{0}")]
    Tampered(String),
    /// The question cannot be answered as it was put.
    #[error("{0}")]
    BadInput(String),
    /// It could not be read to the end.
    #[error("incomplete: {0}")]
    Incomplete(String),
    /// Whoever read our output stopped reading.
    #[error("incomplete: nobody reads the output")]
    Unread,
}

impl Failure {
    /// The exit code.
    pub(crate) fn code(&self) -> u8 {
        match self {
            Self::Tampered(_) => 1,
            Self::BadInput(_) => 2,
            Self::Incomplete(_) | Self::Unread => 3,
        }
    }

    fn of_seal(error: &SealError) -> Self {
        match error {
            SealError::Forged => Self::Tampered(error.to_string()),
            SealError::WrongMasterKey | SealError::MasterFile(_) | SealError::BadMasterFile => {
                Self::BadInput(error.to_string())
            }
            SealError::Database(_) | SealError::UnknownKey | SealError::Erased => {
                Self::Incomplete(error.to_string())
            }
        }
    }
}

impl From<ErasureError> for Failure {
    fn from(error: ErasureError) -> Self {
        match error {
            ErasureError::Seal(error) => Self::of_seal(&error),
            ErasureError::Restored(_) => Self::BadInput(error.to_string()),
            ErasureError::Ledger(_) | ErasureError::Seen => Self::Incomplete(error.to_string()),
        }
    }
}

impl From<JournalError> for Failure {
    fn from(error: JournalError) -> Self {
        let sentence = error.to_string();
        match &error {
            JournalError::Gap { .. }
            | JournalError::Undecodable {
                fault: EventFault::Strict(_) | EventFault::Seal(SealError::Forged),
                ..
            } => Self::Tampered(sentence),
            JournalError::Seal(fault) => Self::of_seal(fault),
            JournalError::Database(_)
            | JournalError::Undecodable { .. }
            | JournalError::Payload(_) => Self::Incomplete(sentence),
        }
    }
}

impl From<SignError> for Failure {
    fn from(error: SignError) -> Self {
        let sentence = error.to_string();
        match error {
            SignError::Journal(error) => error.into(),
            SignError::Rollback { .. }
            | SignError::Inconsistent(_)
            // What nobody has witnessed who should have may be another history.
            | SignError::NotOurs(Refused::Quorum) => Self::Tampered(sentence),
            // A file that is not there, or not one of this log, is not what was asked about.
            SignError::File { .. }
            | SignError::OtherLog { .. }
            | SignError::Malformed
            | SignError::NotOurs(_)
            | SignError::Note(_)
            | SignError::Key { .. }
            | SignError::Policy { .. }
            | SignError::OtherMarks
            | SignError::Unlisted(_) => Self::BadInput(sentence),
            SignError::Locked(_) => Self::Incomplete(sentence),
        }
    }
}

impl From<BundleError> for Failure {
    fn from(error: BundleError) -> Self {
        let sentence = error.to_string();
        match error {
            BundleError::Tampered(_) => Self::Tampered(sentence),
            BundleError::Untrusted(SignError::File { .. } | SignError::Journal(_))
            | BundleError::Missing { .. }
            | BundleError::File { .. } => Self::Incomplete(sentence),
            // What nobody who is trusted has signed may be anybody's.
            BundleError::Untrusted(_) => Self::Tampered(sentence),
            BundleError::NotABundle { .. } | BundleError::Refused(_) => Self::BadInput(sentence),
            BundleError::Input(error) => error.into(),
            BundleError::Journal(error) => error.into(),
        }
    }
}

impl From<StreamsError> for Failure {
    fn from(error: StreamsError) -> Self {
        match error {
            StreamsError::Journal(error) => error.into(),
            StreamsError::Cut { .. } | StreamsError::Count { .. } => {
                Self::Tampered(error.to_string())
            }
        }
    }
}

impl From<ProjectionError> for Failure {
    fn from(error: ProjectionError) -> Self {
        match error {
            ProjectionError::Journal(error) => error.into(),
            ProjectionError::Streams(error) => error.into(),
            ProjectionError::Poison { number, cause } => named(number, (*cause).into()),
            other @ (ProjectionError::NothingToResume(_)
            | ProjectionError::NothingKept(_)
            | ProjectionError::KeptOtherVersion(..)
            | ProjectionError::NotByStream(_)
            | ProjectionError::SchemaThere(_)) => Self::BadInput(other.to_string()),
            other => Self::Incomplete(other.to_string()),
        }
    }
}

impl From<ReadError> for Failure {
    fn from(error: ReadError) -> Self {
        match error {
            ReadError::BadFilter(sentence) => Self::BadInput(sentence.to_owned()),
            error => Self::Incomplete(error.to_string()),
        }
    }
}

/// The failure, with the number of the event at which it came up.
fn named(number: i64, failure: Failure) -> Failure {
    match failure {
        Failure::Tampered(sentence) => Failure::Tampered(format!("event {number}: {sentence}")),
        Failure::BadInput(sentence) => Failure::BadInput(format!("event {number}: {sentence}")),
        Failure::Incomplete(sentence) => Failure::Incomplete(format!("event {number}: {sentence}")),
        Failure::Unread => Failure::Unread,
    }
}

impl From<ComplianceError> for Failure {
    fn from(error: ComplianceError) -> Self {
        match error {
            ComplianceError::Journal(error) => error.into(),
            ComplianceError::Read(error) => error.into(),
            ComplianceError::Unfit(_)
            | ComplianceError::TooShort
            | ComplianceError::TooMuch
            | ComplianceError::TooLarge => Self::BadInput(error.to_string()),
        }
    }
}

impl From<sqlx::Error> for Failure {
    fn from(error: sqlx::Error) -> Self {
        JournalError::Database(error).into()
    }
}

impl From<DeploymentError> for Failure {
    fn from(error: DeploymentError) -> Self {
        match &error {
            DeploymentError::MasterKey(fault) => Self::of_seal(fault),
            DeploymentError::BadUrl
            | DeploymentError::Folder { .. }
            | DeploymentError::Connect(ConnectError::TooOld(_)) => {
                Self::BadInput(error.to_string())
            }
            DeploymentError::Cluster(_)
            | DeploymentError::Connect(_)
            | DeploymentError::Migrate(_)
            | DeploymentError::Prepare(_) => Self::Incomplete(error.to_string()),
        }
    }
}

impl From<ConnectError> for Failure {
    fn from(error: ConnectError) -> Self {
        DeploymentError::Connect(error).into()
    }
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Self::Unread,
            kind => Self::Incomplete(format!("writing the output: {kind}")),
        }
    }
}
