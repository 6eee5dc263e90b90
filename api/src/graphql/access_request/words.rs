//! The closed vocabularies of access requests, as the schema knows them.

use async_graphql::Enum;

/// Where on its way a request is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::access_requests::RequestState")]
pub(super) enum AccessRequestState {
    /// The rules are asked.
    Checking,
    /// Votes are waited for.
    Awaiting,
    /// Its beginning is waited for.
    Approved,
    /// The access is there.
    Active,
    /// It is not given; `because` says why.
    Rejected,
    /// Nobody decided in time.
    TimedOut,
    /// It is not wanted any more.
    Withdrawn,
    /// What was approved did not come to be; `because` says why.
    Failed,
    /// The access is over; `because` says how.
    Ended,
}

/// Why a request is where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum AccessRequestCause {
    /// Those at a stage said no.
    Votes,
    /// There is nobody who could approve.
    NoApprover,
    /// It breaks a static rule of duties.
    Duties,
    /// It is denied for good.
    HardDeny,
    /// Whoever would benefit is gone.
    BeneficiaryGone,
    /// The role is retired.
    RoleRetired,
    /// Something else became active at the same time.
    Conflict,
    /// Whoever would benefit is not active.
    BeneficiaryInactive,
    /// Its time was over before it began.
    Late,
    /// The access came to its end.
    Expired,
    /// It was taken away.
    Revoked,
    /// Other access took its place.
    Superseded,
}

/// Something about a request that the rules take note of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum AccessFindingKind {
    /// It breaks a static rule of duties that lets nobody do so.
    DutiesBlock,
    /// It breaks one that lets those do so whom governance approves.
    DutiesApprove,
    /// It breaks one that only takes note of it.
    DutiesRecord,
    /// All that it would give is denied for good.
    HardDeny,
    /// Some of it is denied, unless there is an exception.
    SoftDeny,
    /// It lasts longer than the role does.
    Overlong,
}

/// How many votes decide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum AccessStageMode {
    /// The first vote.
    Any,
    /// Everybody approves, or somebody rejects.
    All,
    /// So many approve, or so many reject that they cannot any more.
    Quorum,
    /// The first of several steps that is satisfied.
    Thresholds,
}

/// What somebody at a stage says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access_request::words::Vote")]
pub(super) enum AccessVoteKind {
    /// Yes.
    Approve,
    /// No.
    Reject,
}
