//! The closed vocabularies of a ticket, as the schema knows them. A new word of the domain does
//! not compile until it stands here.

use async_graphql::Enum;

/// What sort of ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::TicketKind")]
pub(in crate::graphql) enum TicketKind {
    /// Something is broken.
    Incident,
    /// Somebody wants something.
    ServiceRequest,
    /// One person's share of a ticket; only ever a child.
    Task,
}

/// Where in its life a ticket is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::TicketState")]
pub(in crate::graphql) enum TicketState {
    /// Opened, without a target: in dispatch.
    New,
    /// Somebody's to do, nobody holds it.
    Assigned,
    /// Held and being worked on.
    InProgress,
    /// Waiting for somebody else.
    Pending,
    /// Solved, may be reopened.
    Resolved,
    /// Over.
    Closed,
    /// Over without a solution.
    Cancelled,
}

/// How pressing, most pressing first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::Priority")]
pub(in crate::graphql) enum Priority {
    /// Before everything else.
    Critical,
    /// Before most.
    High,
    /// As usual.
    Normal,
    /// When there is time.
    Low,
}

/// How much is affected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::Impact")]
pub(in crate::graphql) enum Impact {
    /// Much.
    High,
    /// Some.
    Medium,
    /// Little.
    Low,
}

/// How soon it hurts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::Urgency")]
pub(in crate::graphql) enum Urgency {
    /// Now.
    High,
    /// Soon.
    Medium,
    /// Later.
    Low,
}

/// What a pending ticket waits for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket::PendingReason")]
pub(in crate::graphql) enum PendingReason {
    /// The caller's answer.
    Caller,
    /// A supplier.
    Vendor,
    /// A change to be carried out.
    Change,
    /// A problem to be solved.
    Problem,
    /// Evidence to be gathered.
    Evidence,
    /// Somebody's approval.
    Approval,
    /// Anything else; the reason says what.
    Other,
}
