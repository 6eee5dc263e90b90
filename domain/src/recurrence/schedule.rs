//! When occurrences are, with shut days seen to.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, Utc};

use super::rule::Rule;
use super::words::ClosedDay;
use crate::sla::Hours;

/// How far away an open day may be that takes a shut one's place.
const SHIFT: i64 = 31;
/// How many days are looked at together.
const WINDOW: i64 = 100;
/// How far ahead the next occurrence is looked for, in days: a rule about 29 February may have to
/// wait for eight years.
const AHEAD: i64 = 12 * 366;

/// When occurrences are.
#[derive(Debug, Clone, Copy)]
pub struct Schedule<'a> {
    /// On which days, and when on them.
    pub rule: &'a Rule,
    /// Which days are open, and what becomes of the others; none: all days are.
    pub calendar: Option<(&'a Hours, ClosedDay)>,
}

impl Schedule<'_> {
    /// The first `most` occurrences later than this instant, in order; fewer when there are no more
    /// within twelve years, or before the year 2200.
    pub fn after(&self, after: DateTime<Utc>, most: usize) -> Vec<DateTime<Utc>> {
        let mut found = BTreeSet::new();
        let today = self.rule.day_of(after);
        let mut day = moved(today, -SHIFT).max(self.rule.from);
        let Some(end) = self.rule.last_within(day, moved(day.max(today), AHEAD)) else {
            return Vec::new();
        };
        // From its first day on, once: to count from there again for each window would take long.
        let set = self.rule.set();
        let (begin, days) = (day, set.iter().flatten().map(|at| at.date_naive()));
        let mut days = days.skip_while(|it| *it < begin).take_while(|it| *it <= end).peekable();
        while day <= end {
            let last = moved(day, WINDOW - 1);
            while let Some(next) = days.next_if(|day| *day <= last) {
                found.extend(self.on(next).filter(|at| *at > after));
            }
            // What comes later may still be moved to before these.
            let sure = moved(last, -SHIFT);
            let known = found.iter().filter(|at| self.rule.day_of(**at) < sure).count();
            if known >= most || days.peek().is_none() {
                break;
            }
            day = moved(last, 1);
        }
        found.into_iter().take(most).collect()
    }

    /// G3: the instant of an occurrence that falls on this day, if it has one.
    fn on(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let Some((hours, closed_day)) = self.calendar else { return self.rule.instant(day) };
        let is_open = |day: &NaiveDate| {
            let span = self.rule.span(*day);
            span.is_some_and(|(from, to)| hours.working_seconds(from, to) > 0)
        };
        let open = match closed_day {
            ClosedDay::Skip => Some(day).filter(is_open),
            ClosedDay::NextOpen => (0..=SHIFT).map(|n| moved(day, n)).find(is_open),
            ClosedDay::PreviousOpen => (0..=SHIFT).map(|n| moved(day, -n)).find(is_open),
        };
        open.and_then(|day| self.rule.instant(day))
    }
}

/// So many days later, or earlier.
fn moved(day: NaiveDate, days: i64) -> NaiveDate {
    let by = Days::new(days.unsigned_abs());
    let moved = if days < 0 { day.checked_sub_days(by) } else { day.checked_add_days(by) };
    moved.unwrap_or(day)
}
