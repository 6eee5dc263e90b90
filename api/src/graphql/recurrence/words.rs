//! The closed vocabularies of recurrences, as the schema knows them.

use async_graphql::Enum;

/// What becomes of an occurrence on a day that is shut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::recurrence::ClosedDay")]
pub(super) enum ClosedDay {
    /// It is left out.
    Skip,
    /// The next open day takes its place.
    NextOpen,
    /// The open day before takes its place.
    PreviousOpen,
}

/// What becomes of occurrences that nobody was there to open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::recurrence::Missed")]
pub(super) enum MissedOccurrences {
    /// Each is opened, late.
    All,
    /// The latest is opened, late; those before it are passed over.
    Latest,
}
