//! Why a clock shows what it shows: each second, counted or not, and because of what (S10).

use std::iter::{self, Peekable};

use chrono::{DateTime, SubsecRound, TimeDelta, Utc};

use super::calendars::{Calendars, UnknownCalendar, WorkingTime};
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

/// How much time is looked at in one go.
const WINDOW: TimeDelta = TimeDelta::days(366);

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
        Ok(spans.flat_map(move |span| {
            let to = span.to.unwrap_or(until);
            Joined { pieces: intervals(span, to).peekable() }
        }))
    }
}

/// A year of a span at a time, so that whoever takes a few intervals pays for a few.
fn intervals<'a, H: WorkingTime>(
    span: Span<'a, H>,
    to: DateTime<Utc>,
) -> impl Iterator<Item = Interval> + 'a {
    let first = Some(span.mark.second()).filter(|from| *from < to);
    let later = move |from: &DateTime<Utc>| from.checked_add_signed(WINDOW).filter(|it| *it < to);
    iter::successors(first, later).flat_map(move |from| {
        let until = from.checked_add_signed(WINDOW).map_or(to, |until| until.min(to));
        pieces(&span, from, until)
    })
}

fn pieces<H: WorkingTime>(
    span: &Span<'_, H>,
    from: DateTime<Utc>,
    to: DateTime<Utc>,
) -> Vec<Interval> {
    let cause = span.mark.cause();
    let interval = |from: DateTime<Utc>, to: DateTime<Utc>, excluded: Option<Excluded>| {
        let counted_seconds = if excluded.is_none() { (to - from).num_seconds() } else { 0 };
        Interval { from, to, counted_seconds, cause, excluded }
    };
    match &span.rule {
        Err(why) => vec![interval(from, to, Some(*why))],
        Ok(open) => {
            let pieces = open.pieces(from, to).into_iter();
            pieces.map(|(from, to, closed)| interval(from, to, closed.map(Into::into))).collect()
        }
    }
}

/// Intervals of one span, where those that a window parted are one again.
struct Joined<I: Iterator> {
    pieces: Peekable<I>,
}

impl<I: Iterator<Item = Interval>> Iterator for Joined<I> {
    type Item = Interval;

    fn next(&mut self) -> Option<Interval> {
        let mut interval = self.pieces.next()?;
        while let Some(more) = self.pieces.next_if(|more| more.excluded == interval.excluded) {
            interval.to = more.to;
            interval.counted_seconds += more.counted_seconds;
        }
        Some(interval)
    }
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
