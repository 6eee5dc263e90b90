//! What a notice is about, and how it reaches people.

use crate::kernel::words::words;

words! {
    /// What happened to a ticket or an access request, as far as people are told.
    NoticeKind {
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
        /// Somebody said something on it and called upon the recipient.
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
        /// The recipient is asked how the work on it was.
        TicketSurvey,
        /// The recipient's vote is waited for.
        AccessRequestAwaiting,
        /// A seat that waits for its vote has passed to the recipient.
        AccessRequestPassed,
        /// Nobody has decided in time, and the recipient sits down with them.
        AccessRequestEscalated,
        /// Time goes by, and the recipient has not voted.
        AccessRequestReminded,
        /// Somebody who decides wants to know more.
        AccessRequestQuestioned,
        /// What the recipient wanted to know was answered.
        AccessRequestAnswered,
        /// It was approved.
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
    NoticeChannel {
        /// Pops up, and is listed.
        InApp,
        /// Is only listed.
        Feed,
    }
}

impl NoticeKind {
    /// What is over is only listed; all else pops up, and so does what became of a request.
    pub fn channel(self) -> NoticeChannel {
        match self {
            Self::TicketClosed
            | Self::TicketCancelled
            | Self::TicketMerged
            | Self::AccessRequestWithdrawn => NoticeChannel::Feed,
            Self::TicketCreated
            | Self::TicketForwarded
            | Self::TicketWorkStarted
            | Self::TicketWorkStopped
            | Self::TicketResolved
            | Self::TicketReopened
            | Self::TicketCommented
            | Self::TicketMentioned
            | Self::TicketDeadlineNear
            | Self::TicketOvertime
            | Self::TicketSurvey
            | Self::AccessRequestAwaiting
            | Self::AccessRequestPassed
            | Self::AccessRequestEscalated
            | Self::AccessRequestReminded
            | Self::AccessRequestQuestioned
            | Self::AccessRequestAnswered
            | Self::AccessRequestApproved
            | Self::AccessRequestRejected
            | Self::AccessRequestTimedOut
            | Self::AccessRequestActivated
            | Self::AccessRequestActivationFailed => NoticeChannel::InApp,
        }
    }
}
