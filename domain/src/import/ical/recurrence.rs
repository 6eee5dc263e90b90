//! On which days an event begins.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use rrule::{Frequency, RRule, Tz, Unvalidated};

use super::dates::day_of;
use super::event::Event;
use super::fault::{Fault, IcalFault};
use super::{DATES_MAX, Window};

/// How many bytes a rule has.
const RULE_MAX: usize = 2_000;
/// How many days or weeks the rules of a file are followed through.
const WORK_MAX: i64 = 2_000_000;
/// 19 times 400 years, of whole weeks: from 2199 to 9799.
const LATER: Days = Days::new(19 * 146_097);
/// Where the library stops, as an earlier day.
const END: NaiveDate = NaiveDate::from_ymd_opt(2400, 12, 31).expect("a day");

/// What may still be done for the rules of a file.
pub(super) struct Work(i64);

/// L2: those on which it takes any day of the window, in order.
pub(super) fn starts(
    event: &Event,
    (first, length): (NaiveDate, u64),
    window: Window,
    work: &mut Work,
) -> Result<BTreeSet<NaiveDate>, IcalFault> {
    let reach = window.0.checked_sub_days(Days::new(length.saturating_sub(1)));
    let window = (reach.unwrap_or(NaiveDate::MIN), window.1);
    let mut starts = BTreeSet::new();
    if event.rules.is_empty() || event.instance.is_some() {
        starts.insert(first);
    }
    for (line, rule) in event.rules.iter().filter(|_| event.instance.is_none()) {
        let days = follow(rule, first, window, work);
        starts.extend(days.map_err(|fault| IcalFault { line: *line, fault })?);
    }
    starts.extend(&event.added);
    starts.retain(|start| (window.0..=window.1).contains(start) && !event.left_out.contains(start));
    Ok(starts)
}

/// The days of a rule, no more of them than are wanted in all and one.
fn follow(
    rule: &str,
    first: NaiveDate,
    window: Window,
    work: &mut Work,
) -> Result<Vec<NaiveDate>, Fault> {
    let rule = (rule.len() <= RULE_MAX).then(|| parsed(rule, first)).flatten();
    let rule = rule.ok_or(Fault::RuleUnfit)?;
    if first > window.1 {
        let set = rule.build(midnight(first));
        return set.map(|_| Vec::new()).map_err(|_| Fault::RuleUnfit);
    }
    let frequency = (rule.get_freq(), rule.get_interval());
    let (days, comes) = late(rule, first, window).ok_or(Fault::RuleUnfit)?;
    let last = if comes { window.1 } else { END };
    work.spend(frequency, (last - first).num_days())?;
    Ok(days)
}

/// As the library reads it; none when it is unfit.
fn parsed(rule: &str, first: NaiveDate) -> Option<RRule<Unvalidated>> {
    // The library wants an UNTIL with a time of day, where files have dates.
    let is_until = |part: &&str| part.to_ascii_uppercase().starts_with("UNTIL=");
    let (until, parts): (Vec<&str>, Vec<&str>) = rule.split(';').partition(is_until);
    let rule: RRule<Unvalidated> = parts.join(";").parse().ok().filter(is_of_days)?;
    match until.first().and_then(|part| part.split_once('=')) {
        Some((_, until)) => {
            let until = day_of(until.trim())?;
            (until >= first).then(|| rule.until(midnight(until)))
        }
        None => Some(rule),
    }
}

/// Its days of the window, found in the last cycle there is; and whether it ever comes true.
fn late(
    rule: RRule<Unvalidated>,
    first: NaiveDate,
    window: Window,
) -> Option<(Vec<NaiveDate>, bool)> {
    let until = rule.get_until().map(|until| until.date_naive().min(window.1));
    let rule = match until {
        Some(until) => rule.until(midnight(later(until)?)),
        None => rule,
    };
    let may_end = rule.get_count().is_some() || until.is_some();
    let set = rule.build(midnight(later(first)?)).ok()?;
    let most = u16::try_from(DATES_MAX + 1).unwrap_or(u16::MAX);
    let within = set.clone().after(midnight(later(window.0)?)).before(midnight(later(window.1)?));
    let found = within.all(most);
    // It gives up on rules that say nothing for too long.
    if found.limited && found.dates.len() < usize::from(most) {
        return None;
    }
    let comes = !found.dates.is_empty() || (may_end && !set.all(1).dates.is_empty());
    let days: Option<Vec<NaiveDate>> =
        found.dates.iter().map(|at| earlier(at.date_naive())).collect();
    Some((days?, comes))
}

impl Work {
    /// Work that is done: to have looked at each period of so many days.
    fn spend(&mut self, (frequency, interval): (Frequency, u16), days: i64) -> Result<(), Fault> {
        // In what a day or a week takes; a year has so many days to be looked at.
        let (length, effort) = match frequency {
            Frequency::Yearly => (365, 20),
            Frequency::Monthly => (30, 2),
            Frequency::Weekly => (7, 1),
            _ => (1, 1),
        };
        let periods = days / (length * i64::from(interval)) + 1;
        self.0 -= periods * effort;
        if self.0 < 0 { Err(Fault::TooMuchWork) } else { Ok(()) }
    }
}

impl Default for Work {
    fn default() -> Self {
        Self(WORK_MAX)
    }
}

fn is_of_days(rule: &RRule<Unvalidated>) -> bool {
    let daily = [Frequency::Yearly, Frequency::Monthly, Frequency::Weekly, Frequency::Daily];
    let timed = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()];
    daily.contains(&rule.get_freq())
        && rule.get_interval() > 0
        && timed.iter().all(|times| times.is_empty())
}

/// The same day of the calendar's last cycle of 400 years, which the days of rules repeat in: the
/// library follows a rule that never comes true up to the year 10000, and there it is near.
fn later(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_add_days(LATER)
}

/// The day of which this is the later one.
fn earlier(day: NaiveDate) -> Option<NaiveDate> {
    day.checked_sub_days(LATER)
}

fn midnight(date: NaiveDate) -> DateTime<Tz> {
    date.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC)
}
