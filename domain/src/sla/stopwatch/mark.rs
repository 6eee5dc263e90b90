//! What moves a stopwatch: an event of a ticket, reduced to that.

use chrono::{DateTime, SubsecRound, Utc};
use serde::{Deserialize, Serialize};

use crate::kernel::words::words;
use crate::sla::terms::{Terms, TermsCause};

/// Something that moved the stopwatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// The number of the event in its stream.
    pub sequence: i64,
    /// When it counts as having happened: not before the mark before it (S5).
    pub at: DateTime<Utc>,
    /// What it was.
    pub what: What,
}

/// What moved the stopwatch.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum What {
    /// The ticket began, under these terms.
    Opened(Option<Box<Terms>>),
    /// It is others' to do; a forward when somebody held it.
    Assigned,
    /// Somebody took the hold.
    WorkStarted,
    /// The hold ended without a result.
    WorkStopped,
    /// It waits for somebody else.
    Pended,
    /// The waiting is over.
    Resumed,
    /// Solved, in whichever way.
    Resolved,
    /// Not solved after all; whether somebody has the hold again.
    Reopened(bool),
    /// Over.
    Closed,
    /// Over without a solution.
    Cancelled,
    /// Over because it goes on as another one.
    Merged,
    /// Under other terms from now on, or under none.
    TermsRestated(Option<Box<Terms>>, TermsCause),
}

words! {
    /// The kind of a mark, by its name.
    MarkKind {
        /// The ticket began.
        Opened,
        /// It was given to others.
        Assigned,
        /// Somebody took the hold.
        WorkStarted,
        /// The hold ended.
        WorkStopped,
        /// It waits.
        Pended,
        /// The waiting is over.
        Resumed,
        /// Solved.
        Resolved,
        /// Not solved after all.
        Reopened,
        /// Over.
        Closed,
        /// Over without a solution.
        Cancelled,
        /// It goes on as another one.
        Merged,
        /// Under other terms.
        TermsRestated,
    }
}

/// Which event something goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cause {
    /// The number of the event in its stream.
    pub sequence: i64,
    /// What it was.
    pub kind: MarkKind,
}

/// Where in its life a ticket is, as far as clocks care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Phase {
    /// Open, nobody holds it.
    Waiting,
    /// Somebody works.
    Held,
    /// It waits for somebody else.
    Pending,
    /// Solved, closed or not.
    Resolved,
    /// Over without an outcome.
    Dropped,
}

impl Mark {
    /// The second it counts as (S5).
    pub(super) fn second(&self) -> DateTime<Utc> {
        self.at.trunc_subsecs(0)
    }

    /// This mark, as the cause of something.
    pub(super) fn cause(&self) -> Cause {
        Cause { sequence: self.sequence, kind: self.what.kind() }
    }
}

impl What {
    /// Its kind.
    pub fn kind(&self) -> MarkKind {
        match self {
            Self::Opened(_) => MarkKind::Opened,
            Self::Assigned => MarkKind::Assigned,
            Self::WorkStarted => MarkKind::WorkStarted,
            Self::WorkStopped => MarkKind::WorkStopped,
            Self::Pended => MarkKind::Pended,
            Self::Resumed => MarkKind::Resumed,
            Self::Resolved => MarkKind::Resolved,
            Self::Reopened(_) => MarkKind::Reopened,
            Self::Closed => MarkKind::Closed,
            Self::Cancelled => MarkKind::Cancelled,
            Self::Merged => MarkKind::Merged,
            Self::TermsRestated(..) => MarkKind::TermsRestated,
        }
    }

    /// Whether a cycle of thresholds begins with it (S11).
    pub(super) fn begins_a_cycle(&self) -> bool {
        matches!(self, Self::Opened(_) | Self::Reopened(_) | Self::TermsRestated(..))
    }
}

impl Phase {
    /// Where the ticket is after this.
    pub(super) fn after(self, what: &What) -> Self {
        match what {
            What::WorkStarted | What::Reopened(true) => Self::Held,
            What::Opened(_) | What::WorkStopped | What::Resumed | What::Reopened(false) => {
                Self::Waiting
            }
            What::Pended => Self::Pending,
            // Pending stays pending, resolved stays resolved.
            What::Assigned if self == Self::Held => Self::Waiting,
            What::Resolved => Self::Resolved,
            What::Cancelled | What::Merged => Self::Dropped,
            What::Closed if self == Self::Dropped => self,
            What::Closed => Self::Resolved,
            What::Assigned | What::TermsRestated(..) => self,
        }
    }

    /// Whether nothing is left to do, for now.
    pub(super) fn is_done(self) -> bool {
        matches!(self, Self::Resolved | Self::Dropped)
    }

    /// Whether the time to react is over.
    pub(super) fn is_reacted_to(self) -> bool {
        self == Self::Held || self.is_done()
    }
}
