//! What is done with what a source sends, as the schema knows it.

use async_graphql::Enum;

/// What becomes of a row that no item matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sync_source::OnNone")]
pub(super) enum SyncSourceOnNone {
    /// A new item.
    Create,
    /// It is reported, and nothing is done.
    Reject,
}

/// What becomes of a row that one item matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sync_source::OnOne")]
pub(super) enum SyncSourceOnOne {
    /// What it says is said of the item.
    Update,
    /// It is reported, and nothing is done.
    Reject,
}

/// What becomes of a row that several items match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sync_source::OnMany")]
pub(super) enum SyncSourceOnMany {
    /// It is reported, and nothing is done.
    Reject,
    /// Likewise, and the items stand among the possible duplicates until somebody settles it.
    Queue,
}

/// What becomes of an item that a complete run did not send.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sync_source::OnMissing")]
pub(super) enum SyncSourceOnMissing {
    /// Nothing.
    Ignore,
    /// It says since when the source misses it.
    Flag,
    /// Likewise, and is retired so many days later, unless it is sent again before.
    Retire,
}
