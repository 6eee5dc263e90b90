//! The closed vocabularies of service level plans, as the schema knows them.

use async_graphql::Enum;
use domain::sla_plan::EscalationAction;

/// The three clocks of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::ClockKind")]
pub(in crate::graphql) enum ClockKind {
    /// Until somebody starts to work.
    Reaction,
    /// While somebody works.
    Work,
    /// Until it is solved.
    Deadline,
}

/// What becomes of the time before a change of terms.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::ChangePolicy")]
pub(in crate::graphql) enum ChangePolicy {
    /// The newest terms judge everything from the opening.
    Restate,
    /// Finished clocks keep their verdict; running ones keep their seconds.
    CarryOver,
    /// Finished clocks keep their verdict; running ones start at 0.
    Restart,
}

/// A state that stops a clock that would run otherwise.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::PauseState")]
pub(in crate::graphql) enum PauseState {
    /// Waiting for somebody else.
    Pending,
    /// Solved, until it is reopened.
    Resolved,
}

/// Who is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla_plan::Whom")]
pub(super) enum EscalationRecipient {
    /// Whoever holds the ticket.
    Holder,
    /// The people it is for.
    Assignees,
    /// The heads of its unit.
    Heads,
    /// Everybody of its unit.
    Unit,
}

/// What is done beyond a threshold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum EscalationVerb {
    /// Makes it one step more pressing.
    RaisePriority,
    /// Gives it to a unit as a whole.
    AssignToUnit,
    /// Lifts it one tier.
    EscalateTier,
    /// Tells somebody.
    Notify,
    /// Puts it under a word.
    Tag,
}

/// What needs nothing more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum EscalationPlainVerb {
    /// Makes it one step more pressing.
    RaisePriority,
    /// Lifts it one tier.
    EscalateTier,
}

impl From<&EscalationAction> for EscalationVerb {
    fn from(action: &EscalationAction) -> Self {
        match action {
            EscalationAction::RaisePriority => Self::RaisePriority,
            EscalationAction::AssignToUnit { .. } => Self::AssignToUnit,
            EscalationAction::EscalateTier => Self::EscalateTier,
            EscalationAction::Notify { .. } => Self::Notify,
            EscalationAction::Tag { .. } => Self::Tag,
        }
    }
}

impl From<EscalationPlainVerb> for EscalationAction {
    fn from(verb: EscalationPlainVerb) -> Self {
        match verb {
            EscalationPlainVerb::RaisePriority => Self::RaisePriority,
            EscalationPlainVerb::EscalateTier => Self::EscalateTier,
        }
    }
}
