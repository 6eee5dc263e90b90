//! The closed vocabularies of queues.

use async_graphql::Enum;

/// Who sees a saved queue; what is in it is each reader's own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::queue::Sharing")]
pub(super) enum QueueSharing {
    /// Its owner.
    Private,
    /// The staff of a unit.
    Unit,
    /// All staff.
    Staff,
}

/// What a queue may show of each ticket: a field of it.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Enum, strum::Display, strum::EnumString, strum::EnumIter,
)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum TicketColumn {
    /// For people, such as INC-1042.
    Number,
    /// What sort of ticket.
    Kind,
    /// One line.
    Title,
    /// Where in its life it is.
    State,
    /// How pressing.
    Priority,
    /// How much is affected.
    Impact,
    /// How soon it hurts.
    Urgency,
    /// What it waits for.
    PendingReason,
    /// Until when it waits.
    PendingUntil,
    /// What it is about.
    Subject,
    /// For whom.
    Requester,
    /// Who reported it.
    Reporter,
    /// Whose it is to do.
    Unit,
    /// The people it is given to.
    Assignees,
    /// Who works on it now.
    Holder,
    /// Who worked on it last.
    LastHolder,
    /// Support tier.
    Tier,
    /// Its name in another system.
    ExternalRef,
    /// How it was resolved, in a word.
    ResolutionCode,
    /// When it was opened.
    CreatedAt,
    /// When it was resolved.
    ResolvedAt,
    /// When it was closed.
    ClosedAt,
    /// By which service level plan it is measured.
    SlaPlan,
    /// By when somebody said that it has to be done.
    DeadlineAt,
    /// When the first of its clocks that run is due.
    DueAt,
    /// When it is beyond a limit.
    BreachAt,
    /// When its last event happened.
    ChangedAt,
    /// How often it was reopened.
    ReopenCount,
    /// How often its unit changed.
    ReassignmentCount,
}
