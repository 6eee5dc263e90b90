//! The closed vocabularies of a notice, as the schema knows them.

use async_graphql::Enum;

/// What somebody is told about a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notice::NoticeKind")]
#[expect(clippy::enum_variant_names, reason = "notices about other things will not begin so")]
pub(super) enum NoticeKind {
    /// It was opened.
    TicketCreated,
    /// It has another target.
    TicketForwarded,
    /// Somebody took the hold.
    TicketWorkStarted,
    /// The hold ended without a result.
    TicketWorkStopped,
    /// It was solved.
    TicketResolved,
    /// It was not solved after all.
    TicketReopened,
    /// Somebody said something on it.
    TicketCommented,
    /// Somebody said something on it and called upon you.
    TicketMentioned,
    /// It is over.
    TicketClosed,
    /// It is over without a solution.
    TicketCancelled,
    /// Another ticket goes on in its place.
    TicketMerged,
    /// Much of the time that one of its clocks allows is used.
    TicketDeadlineNear,
    /// More is used than one of its clocks allows.
    TicketOvertime,
    /// You are asked how the work on it was.
    TicketSurvey,
}

/// How a notice reaches its recipient.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notice::NoticeChannel")]
pub(super) enum NoticeChannel {
    /// Pops up, and is listed.
    InApp,
    /// Is only listed.
    Feed,
}
