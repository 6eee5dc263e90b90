//! On which days an event begins.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, NaiveTime};
use rrule::{Frequency, RRule, Tz, Unvalidated};

use super::dates::day_of;
use super::event::Event;
use super::fault::{Fault, IcalFault};
use super::{DATES_MAX, Window};

/// L2: those on which it takes any day of the window, in order.
pub(super) fn starts(
    event: &Event,
    (first, length): (NaiveDate, u64),
    window: Window,
) -> Result<BTreeSet<NaiveDate>, IcalFault> {
    let reach = window.0.checked_sub_days(Days::new(length.saturating_sub(1)));
    let window = (reach.unwrap_or(NaiveDate::MIN), window.1);
    let mut starts = BTreeSet::new();
    if event.rules.is_empty() || event.instance.is_some() {
        starts.insert(first);
    }
    for (line, rule) in event.rules.iter().filter(|_| event.instance.is_none()) {
        let days = follow(rule, first, window);
        starts.extend(days.ok_or(IcalFault { line: *line, fault: Fault::RuleUnfit })?);
    }
    starts.extend(&event.added);
    starts.retain(|start| (window.0..=window.1).contains(start) && !event.left_out.contains(start));
    Ok(starts)
}

/// The days of a rule, no more of them than are wanted in all and one; none when it is unfit.
fn follow(rule: &str, first: NaiveDate, window: Window) -> Option<Vec<NaiveDate>> {
    // The library wants an UNTIL with a time of day, where files have dates.
    let is_until = |part: &&str| part.to_ascii_uppercase().starts_with("UNTIL=");
    let (until, parts): (Vec<&str>, Vec<&str>) = rule.split(';').partition(is_until);
    let mut rule: RRule<Unvalidated> = parts.join(";").parse().ok()?;
    if let Some((_, until)) = until.first().and_then(|part| part.split_once('=')) {
        rule = rule.until(midnight(day_of(until.trim())?));
    }
    if !is_of_days(&rule) {
        return None;
    }
    let most = u16::try_from(DATES_MAX + 1).unwrap_or(u16::MAX);
    let set = rule.build(midnight(first)).ok()?;
    let found = set.after(midnight(window.0)).before(midnight(window.1)).all(most);
    // It gives up on rules that say nothing for too long.
    if found.limited && found.dates.len() < usize::from(most) {
        return None;
    }
    Some(found.dates.iter().map(DateTime::date_naive).collect())
}

fn is_of_days(rule: &RRule<Unvalidated>) -> bool {
    let daily = [Frequency::Yearly, Frequency::Monthly, Frequency::Weekly, Frequency::Daily];
    let timed = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()];
    daily.contains(&rule.get_freq())
        && rule.get_interval() > 0
        && timed.iter().all(|times| times.is_empty())
}

fn midnight(date: NaiveDate) -> DateTime<Tz> {
    date.and_time(NaiveTime::MIN).and_utc().with_timezone(&Tz::UTC)
}
