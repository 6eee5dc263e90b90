//! Holidays out of an iCalendar file (RFC 5545): the whole days its events take.
//!
//! Rules, by number:
//! - **L1** An event whose start is a date takes whole days: up to its DTEND, which is not one of
//!   them, or as long as its DURATION of days or weeks, else one.
//! - **L2** It recurs as its RRULE says (yearly, monthly, weekly or daily) and on each RDATE, but not
//!   on an EXDATE. With a rule its start is one of its days only if the rule says so.
//! - **L3** An event of a RECURRENCE-ID stands for that one occurrence of the events of its UID.
//! - **L4** A cancelled event takes no day, one with a time of day neither: both are counted.
//! - **L5** Days outside of the years that were asked for are left out.
//! - **L6** A file has at most 1 MiB and 200 rules of whole days, and its events take at most 2,000
//!   of those days (and none so often that there is no end of it). Rules that together would take
//!   long to follow, because they begin long ago or never come true, are refused.
//! - **L7** What is no calendar, or cannot be understood, is told with its line, and nothing is read
//!   of the file; components and properties that say nothing of days are passed over.
//!
//! Not here: reading the file, the calendar that the days are added to
//! ([`crate::calendar::command::ImportHolidays`]). Lines are read by `icalendar`, rules followed by
//! `rrule`. Called by the API and the importer.

mod dates;
mod event;
mod fault;
mod lines;
mod recurrence;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;

use chrono::{Days, NaiveDate};

pub use self::fault::{Fault, IcalFault};

use self::event::{Event, Start, events};
use self::recurrence::{Work, starts};

/// How many bytes a file has.
const BYTES_MAX: usize = 1_048_576;
/// How many rules it has.
const RULES_MAX: usize = 200;
/// How many days it takes.
const DATES_MAX: usize = 2_000;
/// How many when each is counted as often as it is taken: a bound on work.
const TAKEN_MAX: usize = 20_000;

/// What a file says.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Holidays {
    /// The days its events take, with the name of the first such event.
    pub dates: BTreeMap<NaiveDate, String>,
    /// How many events have a time of day, and were passed over.
    pub timed: usize,
    /// How many events are cancelled, and were passed over.
    pub cancelled: usize,
}

/// The first and the last day that are asked for.
type Window = (NaiveDate, NaiveDate);

/// The holidays of these years in the text of a file.
pub fn holidays(text: &str, years: RangeInclusive<i32>) -> Result<Holidays, IcalFault> {
    if text.len() > BYTES_MAX {
        return Err(IcalFault { line: 1, fault: Fault::TooLarge });
    }
    let events = events(text)?;
    let timed = |event: &&Event| event.start == Start::Timed;
    let mut found = Holidays {
        dates: BTreeMap::new(),
        timed: events.iter().filter(timed).count(),
        cancelled: events.iter().filter(|event| event.cancelled).count(),
    };
    let taking: Vec<&Event> = events.iter().filter(|it| !it.cancelled && !timed(it)).collect();
    if let Some((line, _)) = taking.iter().flat_map(|event| &event.rules).nth(RULES_MAX) {
        return Err(IcalFault { line: *line, fault: Fault::TooManyRules });
    }
    let Some(window) = window(years) else { return Ok(found) };
    // L3
    let replaced: BTreeSet<(&str, NaiveDate)> =
        events.iter().filter_map(|event| Some((event.uid.as_str(), event.instance?))).collect();
    let (mut left, mut work) = (TAKEN_MAX, Work::default());
    for event in taking {
        let Start::Day(first, length) = event.start else { continue };
        for start in starts(event, (first, length), window, &mut work)? {
            let is_replaced = || replaced.contains(&(event.uid.as_str(), start));
            if event.instance.is_none() && is_replaced() {
                continue;
            }
            let taken = found.take((start, length), window, &event.name);
            left =
                taken.and_then(|taken| left.checked_sub(taken)).ok_or_else(|| too_many(event))?;
        }
    }
    Ok(found)
}

impl Holidays {
    /// L1, L5, L6: the days of one occurrence, and how many they are; none when that is too many.
    fn take(
        &mut self,
        (start, length): (NaiveDate, u64),
        window: Window,
        name: &str,
    ) -> Option<usize> {
        let skipped = u64::try_from((window.0 - start).num_days()).unwrap_or(0);
        let days = (skipped..length).map_while(|day| start.checked_add_days(Days::new(day)));
        let mut taken = 0;
        for date in days.take_while(|date| *date <= window.1) {
            self.dates.entry(date).or_insert_with(|| name.to_owned());
            if self.dates.len() > DATES_MAX {
                return None;
            }
            taken += 1;
        }
        Some(taken)
    }
}

fn too_many(event: &Event) -> IcalFault {
    IcalFault { line: event.line, fault: Fault::TooManyDates }
}

/// L5: the days of these years; none when there are none.
fn window(years: RangeInclusive<i32>) -> Option<Window> {
    let first = NaiveDate::from_ymd_opt((*years.start()).max(1970), 1, 1)?;
    let last = NaiveDate::from_ymd_opt((*years.end()).min(2199), 12, 31)?;
    (first <= last).then_some((first, last))
}
