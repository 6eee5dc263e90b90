//! The closed vocabularies of a notice, as the schema knows them.

use async_graphql::Enum;

/// What somebody is told about a ticket or an access request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::notice::NoticeKind")]
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
    /// An access request waits for your vote.
    AccessRequestAwaiting,
    /// A seat that waits for its vote has passed to you.
    AccessRequestPassed,
    /// Nobody has decided in time, and you sit down with them.
    AccessRequestEscalated,
    /// Time goes by, and you have not voted.
    AccessRequestReminded,
    /// Somebody who decides wants to know more.
    AccessRequestQuestioned,
    /// What you wanted to know was answered.
    AccessRequestAnswered,
    /// What was asked for was approved.
    AccessRequestApproved,
    /// It is not given.
    AccessRequestRejected,
    /// Nobody has decided, on no level.
    AccessRequestTimedOut,
    /// It is not wanted any more.
    AccessRequestWithdrawn,
    /// The access is there.
    AccessRequestActivated,
    /// What was approved did not come to be.
    AccessRequestActivationFailed,
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
