//! The closed vocabulary of a notice, as the schema knows it.

use async_graphql::Enum;

/// What happened to a ticket, as far as people are told.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notice::NoticeKind")]
#[expect(
    clippy::enum_variant_names,
    reason = "the words are the domain's; so far all are tickets'"
)]
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
}
