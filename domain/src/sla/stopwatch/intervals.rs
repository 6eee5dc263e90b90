//! Why a clock shows what it shows: each second, counted or not, and because of what (S10).

use chrono::{DateTime, SubsecRound, Utc};

use super::calendars::{Calendars, Open, UnknownCalendar, WorkingTime};
use super::course::Course;
use super::mark::Cause;
use super::tally::{Span, Tally};
use crate::kernel::words::words;
use crate::sla::hours::Closed;
use crate::sla::terms::ClockKind;

words! {
    /// Why time does not count.
    Excluded {
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
}

/// A piece of time that a clock counts, or does not, as a whole. Never empty.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Interval {
    /// Its first second.
    pub from: DateTime<Utc>,
    /// The first second behind it.
    pub to: DateTime<Utc>,
    /// How many of its seconds count: all, or none.
    pub counted_seconds: i64,
    /// The event since which it is like this, whatever the hour.
    pub cause: Cause,
    /// Why it does not count.
    pub excluded: Option<Excluded>,
}

impl Course {
    /// What one clock shows at an instant, explained from the opening to its end, or to that
    /// instant. Made as far as it is taken: a calendar parts a long time into many intervals.
    pub fn intervals<'a, C: Calendars>(
        &'a self,
        clock: ClockKind,
        at: DateTime<Utc>,
        calendars: &'a C,
    ) -> Result<impl Iterator<Item = Interval> + 'a, UnknownCalendar> {
        let tally = Tally::of(clock, self.until(at), calendars)?;
        // Without a plan there is no clock to explain.
        let tally = tally.filter(|tally| tally.account.own().is_some());
        let until = at.trunc_subsecs(0);
        let spans = tally.into_iter().flat_map(|tally| tally.spans);
        Ok(spans.flat_map(move |span| intervals(&span, span.to.unwrap_or(until))))
    }
}

fn intervals<H: WorkingTime>(span: &Span<'_, H>, to: DateTime<Utc>) -> Vec<Interval> {
    let (from, cause) = (span.mark.second(), span.mark.cause());
    if from >= to {
        return Vec::new();
    }
    match &span.rule {
        Err(why) => {
            vec![Interval { from, to, counted_seconds: 0, cause, excluded: Some(*why) }]
        }
        Ok(open) => pieces(open, from, to, cause),
    }
}

fn pieces<H: WorkingTime>(
    open: &Open<'_, H>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
    cause: Cause,
) -> Vec<Interval> {
    let interval = |(from, to, closed): (DateTime<Utc>, DateTime<Utc>, Option<Closed>)| {
        let counted_seconds = if closed.is_none() { (to - from).num_seconds() } else { 0 };
        Interval { from, to, counted_seconds, cause, excluded: closed.map(Excluded::from) }
    };
    open.pieces(from, to).into_iter().map(interval).collect()
}

impl From<Closed> for Excluded {
    fn from(closed: Closed) -> Self {
        match closed {
            Closed::OutOfHours => Self::OutOfHours,
            Closed::Holiday => Self::Holiday,
            Closed::ExtraDay => Self::ExtraDay,
        }
    }
}
