//! The closed vocabularies of grants, as the schema knows them.

use async_graphql::Enum;

/// Where a grant comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::GrantSource")]
pub(super) enum AccessGrantSource {
    /// From who somebody is.
    Birthright,
    /// From a request that was approved.
    Request,
    /// From a template.
    Template,
    /// Under an exception.
    Exception,
    /// Taken in an emergency.
    BreakGlass,
    /// From somebody who has it, and only as long as they do.
    Delegation,
    /// From a rule that grants by itself.
    Rule,
    /// From an administrator.
    Administrator,
}

/// What became of a grant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::GrantState")]
pub(super) enum AccessGrantState {
    /// Holds between its instants.
    Active,
    /// Taken back.
    Revoked,
    /// Found to be over, and written down as such.
    Expired,
}

/// Why a grant ends sooner than it did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::subject_access::event::Shortening")]
pub(super) enum AccessShortening {
    /// The rule that gave it means them no more.
    Lost,
    /// Nobody has confirmed yet that they need it where they are now.
    Unconfirmed,
}

/// What a change of permissions is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::access_grants::ChangeKind")]
pub(super) enum AccessChangeKind {
    /// A grant was made.
    Granted,
    /// It holds longer.
    Prolonged,
    /// It ends sooner, because whoever has it moved.
    Shortened,
    /// It was confirmed, and ends as before.
    Confirmed,
    /// It was taken back, by itself or with everything.
    Revoked,
    /// It was written down as over.
    Expired,
    /// An exception was made.
    Excepted,
    /// It was ended, or was over.
    ExceptionEnded,
    /// The subject has nothing and takes nothing.
    Closed,
    /// It takes grants again.
    Reopened,
    /// What is granted above a unit ends there, unless it pierces barriers.
    BarrierDrawn,
    /// It reaches the unit again.
    BarrierLifted,
}

/// What is looked for when access is cleaned up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::leftovers::Leftover")]
pub(super) enum AccessCleanUpKind {
    /// It is over, and nobody has written that down.
    Expired,
    /// Whose it is, or who answers for that, is gone.
    Orphaned,
    /// Another grant of the same subject gives all of it, and for as long.
    Duplicate,
    /// It is of a privileged role and has no end, but is nobody's birthright. Only shown: somebody has
    /// to say whether it is needed, and until when.
    PrivilegedWithoutEnd,
}

/// What became of a grant that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum AccessCleanUpOutcome {
    /// It was found, and nothing was done.
    Found,
    /// It was taken back, or it was written down that it is over.
    Done,
    /// It stays, for a rule does not let it go.
    Refused,
}

/// How several commands hang together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum AccessBatchMode {
    /// All are done, or none is.
    Atomic,
    /// Each is done by itself: what one is refused stops no other.
    BestEffort,
}
