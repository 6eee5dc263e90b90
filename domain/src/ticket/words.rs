//! The closed vocabularies of a ticket. Their upper-case names are the API's and the storage's.

use serde::{Deserialize, Serialize};

use crate::kernel::words::words;

words! {
    /// What sort of ticket.
    TicketKind {
        /// Something is broken.
        Incident,
        /// Somebody wants something.
        ServiceRequest,
        /// One person's share of a ticket; only ever a child.
        Task,
    }

    /// Where in its life a ticket is.
    TicketState {
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

    /// 1…4, most pressing first.
    Priority {
        /// 1
        Critical,
        /// 2
        High,
        /// 3
        Normal,
        /// 4
        Low,
    }

    /// How much is affected.
    Impact {
        /// Much.
        High,
        /// Some.
        Medium,
        /// Little.
        Low,
    }

    /// How soon it hurts.
    Urgency {
        /// Now.
        High,
        /// Soon.
        Medium,
        /// Later.
        Low,
    }

    /// What a pending ticket waits for.
    PendingReason {
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

    /// What can be done to a ticket, as the life cycle table names it.
    Verb {
        /// See T6.
        Assign,
        /// See T3.
        StartWork,
        /// See T4.
        StopWork,
        /// See T8.
        Pend,
        /// See T8.
        Resume,
        /// See T9.
        Resolve,
        /// See T10, T11.
        Reopen,
        /// See T12.
        Close,
        /// See T13.
        Cancel,
        /// See T14.
        Classify,
        /// See T15.
        Prioritize,
        /// See T16.
        Escalate,
        /// See T17.
        ResolveWithParent,
        /// See T19.
        Merge,
        /// See T20.
        ResolveWithTasks,
        /// See T22.
        ApplyPlan,
    }
}

impl TicketState {
    /// Whether somebody still has to do something.
    pub fn is_open(self) -> bool {
        matches!(self, Self::New | Self::Assigned | Self::InProgress | Self::Pending)
    }

    /// Whether the ticket's own data can no longer change.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Closed | Self::Cancelled)
    }
}

impl Verb {
    /// The states this verb starts from: the life cycle table, the only copy of it.
    pub fn from_states(self) -> &'static [TicketState] {
        use TicketState::{Assigned, Closed, InProgress, New, Pending, Resolved};
        match self {
            Self::Assign | Self::Classify | Self::Prioritize | Self::Merge | Self::ApplyPlan => {
                &[New, Assigned, InProgress, Pending, Resolved]
            }
            Self::StartWork => &[New, Assigned],
            Self::StopWork | Self::Resolve => &[InProgress],
            Self::Pend => &[New, Assigned, InProgress],
            Self::Resume => &[Pending],
            Self::Reopen => &[Resolved, Closed],
            Self::Close => &[Resolved],
            Self::Cancel | Self::Escalate | Self::ResolveWithParent | Self::ResolveWithTasks => {
                &[New, Assigned, InProgress, Pending]
            }
        }
    }

    /// Whether people ask for it; the others are consequences that Annals itself draws.
    pub fn is_asked_for(self) -> bool {
        !matches!(self, Self::ResolveWithParent | Self::ResolveWithTasks)
    }
}

/// Support tier, 1 (first line) to 3.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Tier(pub u8);

impl Tier {
    /// Where every ticket starts.
    pub const FIRST: Self = Self(1);
    /// There is nothing above it.
    pub const TOP: Self = Self(3);
}
