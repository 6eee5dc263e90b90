//! What a notice is about, and how it reaches people.

use crate::kernel::words::words;

words! {
    /// What happened to a ticket, as far as people are told.
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
    /// What is over is only listed; all else pops up.
    pub fn channel(self) -> NoticeChannel {
        match self {
            Self::TicketClosed | Self::TicketCancelled | Self::TicketMerged => NoticeChannel::Feed,
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
            | Self::TicketSurvey => NoticeChannel::InApp,
        }
    }
}
