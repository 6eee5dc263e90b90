//! On which days, and when on them.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveTime, TimeDelta, TimeZone, Utc};
use chrono_tz::Tz;
use rrule::{Frequency, NWeekday, RRule, RRuleSet, Unvalidated};
use serde::{Deserialize, Serialize};

use super::refusal::RecurrenceRefusal;
use crate::calendar::TimeOfDay;

/// Longest text of a rule.
const RRULE_MAX: usize = 300;
/// Most days, weeks, months or years between two occurrences.
const INTERVAL_MAX: u16 = 1_000;
/// Most values of one part, such as days of a month.
const VALUES_MAX: usize = 100;

/// A rule as it was typed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleDraft {
    /// RFC 5545, such as `FREQ=WEEKLY;BYDAY=MO`, with or without `RRULE:`; at most 300 characters.
    pub rrule: String,
    /// `08:00`
    pub at: String,
    /// The IANA name of a zone.
    pub zone: String,
    /// The first day there may be an occurrence.
    pub from: NaiveDate,
    /// The last one.
    pub until: Option<NaiveDate>,
}

/// On which days, and when on them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// RFC 5545 without `RRULE:`; it says nothing of times of day.
    pub rrule: String,
    /// The time of day; before 24:00.
    pub at: TimeOfDay,
    /// Of whose clocks.
    pub zone: Tz,
    /// The first day there may be an occurrence, where counting begins.
    pub from: NaiveDate,
    /// The last one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

impl RuleDraft {
    /// The rule.
    ///
    /// # Errors
    /// G2: what makes no rule, with its field.
    pub fn fit(self) -> Result<Rule, RecurrenceRefusal> {
        let rrule = self.rrule.trim().trim_start_matches("RRULE:").to_ascii_uppercase();
        if rrule.len() > RRULE_MAX || parsed(&rrule).is_none() {
            return Err(RecurrenceRefusal::RuleUnfit);
        }
        let at: TimeOfDay = self.at.trim().parse().map_err(|_| RecurrenceRefusal::TimeUnfit)?;
        if at == TimeOfDay::END {
            return Err(RecurrenceRefusal::TimeUnfit);
        }
        let zone: Tz = self.zone.trim().parse().map_err(|_| RecurrenceRefusal::ZoneUnknown)?;
        let is_far =
            |date: &NaiveDate| !(YEARS.0..=YEARS.1).contains(&chrono::Datelike::year(date));
        if is_far(&self.from) {
            return Err(RecurrenceRefusal::FromUnfit);
        }
        if self.until.is_some_and(|until| is_far(&until) || until < self.from) {
            return Err(RecurrenceRefusal::UntilUnfit);
        }
        Ok(Rule { rrule, at, zone, from: self.from, until: self.until })
    }
}

/// The years of dates, as calendars know them.
const YEARS: (i32, i32) = (1970, 2199);

impl Rule {
    /// As the library follows it; none when it does not, which no rule that was fit gives it reason
    /// for.
    pub(super) fn set(&self) -> Option<RRuleSet> {
        // It gives up on a rule that never comes true.
        parsed(&self.rrule)?.build(midnight(self.from)).ok().map(RRuleSet::limit)
    }

    /// The last of its days between two, both included; none: it has none there.
    pub(super) fn last_within(&self, first: NaiveDate, last: NaiveDate) -> Option<NaiveDate> {
        let of_years = NaiveDate::from_ymd_opt(YEARS.1, 12, 31)?;
        let last = self.until.map_or(last, |until| last.min(until)).min(of_years);
        (first <= last).then_some(last)
    }

    /// G2: when it is that time on this day.
    pub(super) fn instant(&self, day: NaiveDate) -> Option<DateTime<Utc>> {
        let time = NaiveTime::from_num_seconds_from_midnight_opt(self.at.seconds(), 0)?;
        let wanted = day.and_time(time);
        let at = match self.zone.from_local_datetime(&wanted) {
            LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at,
            LocalResult::None => self.behind_the_gap(wanted)?,
        };
        Some(at.with_timezone(&Utc))
    }

    /// The first instant behind a skipped hour: what was skipped is the difference of the offsets.
    fn behind_the_gap(&self, wanted: chrono::NaiveDateTime) -> Option<DateTime<Tz>> {
        // No zone skips more than a day.
        let before = self.zone.from_local_datetime(&(wanted - TimeDelta::days(1))).latest()?;
        let (mut same, mut other) = (before.timestamp(), before.timestamp() + 2 * 86_400);
        while other - same > 1 {
            let middle = same + (other - same) / 2;
            let shown = self.zone.timestamp_opt(middle, 0).single()?.naive_local();
            if shown < wanted { same = middle } else { other = middle }
        }
        self.zone.timestamp_opt(other, 0).single()
    }

    /// The day on which it is this instant in its zone.
    pub(super) fn day_of(&self, at: DateTime<Utc>) -> NaiveDate {
        at.with_timezone(&self.zone).date_naive()
    }

    /// A day of its zone, from midnight to midnight.
    pub(super) fn span(&self, day: NaiveDate) -> Option<(DateTime<Utc>, DateTime<Utc>)> {
        let midnight = Self { at: TimeOfDay::START, ..self.clone() };
        Some((midnight.instant(day)?, midnight.instant(day.checked_add_days(Days::new(1))?)?))
    }
}

/// A rule about days, none when it is something else.
fn parsed(text: &str) -> Option<RRule<Unvalidated>> {
    // The last day has a field of its own; as a part it would need a time of day.
    if text.split(';').any(|part| part.starts_with("UNTIL=") || part.is_empty()) {
        return None;
    }
    let rule: RRule<Unvalidated> = text.parse().ok()?;
    let daily = [Frequency::Yearly, Frequency::Monthly, Frequency::Weekly, Frequency::Daily];
    let timed = [rule.get_by_hour(), rule.get_by_minute(), rule.get_by_second()];
    let values: usize = [
        rule.get_by_month_day().len(),
        rule.get_by_year_day().len(),
        rule.get_by_week_no().len(),
        rule.get_by_set_pos().len(),
        rule.get_by_month().len(),
        <[NWeekday]>::len(rule.get_by_weekday()),
    ]
    .into_iter()
    .max()
    .unwrap_or_default();
    let fits = daily.contains(&rule.get_freq())
        && (1..=INTERVAL_MAX).contains(&rule.get_interval())
        && timed.iter().all(|times| times.is_empty())
        && values <= VALUES_MAX;
    // What the library refuses about a day, it refuses about each.
    fits.then(|| rule.clone().build(midnight(NaiveDate::default())).ok())?;
    fits.then_some(rule)
}

fn midnight(date: NaiveDate) -> DateTime<rrule::Tz> {
    date.and_time(NaiveTime::MIN).and_utc().with_timezone(&rrule::Tz::UTC)
}
