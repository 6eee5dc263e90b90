//! The closed vocabularies of clocks, as the schema knows them.

use async_graphql::Enum;

/// What a clock does.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::stopwatch::ClockState")]
pub(super) enum ClockState {
    /// Nobody has started to work yet.
    NotStarted,
    /// It counts, in its hours.
    Running,
    /// It counts again when something happens.
    Paused,
    /// It is over.
    Stopped,
    /// There is none: no plan, or not opened yet.
    None,
}

/// Why time does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::stopwatch::Excluded")]
pub(super) enum ClockExclusion {
    /// It waits for somebody else, and that pauses the clock.
    Pending,
    /// It was solved, and that pauses the clock.
    Resolved,
    /// Nobody holds it, and only work counts.
    NotHeld,
    /// Outside the hours of that weekday.
    OutOfHours,
    /// A holiday.
    Holiday,
    /// Outside the hours of a day that has hours of its own.
    ExtraDay,
    /// No plan said how to count it.
    NoPlan,
    /// Other terms began at 0 later.
    BeforeRestart,
}

/// What an event meant to the clocks of its ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::sla::stopwatch::MarkKind")]
pub(super) enum ClockVerb {
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
