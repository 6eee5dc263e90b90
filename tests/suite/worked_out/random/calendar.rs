//! Calendars minute by minute: each minute of half a year is looked up on a wall clock.

use chrono::{DateTime, Datelike, NaiveDate, TimeDelta, Timelike, Utc, Weekday};
use chrono_tz::Tz;
use serde_json::{Value, json};

use super::super::stage::{line, naming};

const DAYS: i64 = 240;

/// Hours of some day, in minutes after its midnight.
type Hours = (usize, usize);

pub(super) struct Calendar {
    pub(super) name: &'static str,
    zone: Tz,
    weekly: Vec<(Weekday, Hours)>,
    holidays: Vec<NaiveDate>,
    extra: Vec<(NaiveDate, Hours)>,
    /// How many seconds were open before each minute.
    before: Vec<i64>,
}

fn first() -> DateTime<Utc> {
    "2025-10-01T00:00:00Z".parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn weekdays(days: &[Weekday], hours: &[Hours]) -> Vec<(Weekday, Hours)> {
    days.iter().flat_map(|day| hours.iter().map(|hours| (*day, *hours))).collect()
}

/// Lunch breaks, nights over which clocks change, half-hour changes, holidays and their exceptions,
/// no day but one, and never.
pub(super) fn all() -> Vec<Calendar> {
    use Weekday::{Fri, Mon, Sat, Sun, Thu, Tue, Wed};
    let week = [Mon, Tue, Wed, Thu, Fri];
    let every = [Mon, Tue, Wed, Thu, Fri, Sat, Sun];
    let office = weekdays(&week, &[(8 * 60, 12 * 60), (13 * 60, 17 * 60 + 30)]);
    let nights = weekdays(&every, &[(0, 6 * 60), (22 * 60, 24 * 60)]);
    vec![
        Calendar::of("Berlin", chrono_tz::Europe::Berlin, office)
            .with(&["2025-12-25", "2025-12-26", "2026-01-01", "2026-04-03"])
            .and(&[("2026-01-01", (10 * 60, 11 * 60)), ("2025-11-08", (9 * 60, 13 * 60))])
            .counted(),
        Calendar::of("NewYork", chrono_tz::America::New_York, nights).counted(),
        Calendar::of("Howe", chrono_tz::Australia::Lord_Howe, weekdays(&every, &[(60, 180)]))
            .with(&["2026-04-06"])
            .counted(),
        Calendar::of("Kolkata", chrono_tz::Asia::Kolkata, weekdays(&[Sat], &[(9 * 60, 18 * 60)]))
            .counted(),
        Calendar::of("Never", chrono_tz::UTC, Vec::new()).counted(),
    ]
}

impl Calendar {
    fn of(name: &'static str, zone: Tz, weekly: Vec<(Weekday, Hours)>) -> Self {
        Self { name, zone, weekly, holidays: vec![], extra: vec![], before: vec![] }
    }

    fn with(mut self, holidays: &[&str]) -> Self {
        self.holidays = holidays.iter().map(|text| date(text)).collect();
        self
    }

    fn and(mut self, extra: &[(&str, Hours)]) -> Self {
        self.extra = extra.iter().map(|(text, hours)| (date(text), *hours)).collect();
        self
    }

    fn counted(mut self) -> Self {
        let mut sum = 0;
        self.before = (0..DAYS * 24 * 60)
            .map(|minute| {
                let before = sum;
                sum += if self.is_open(minute) { 60 } else { 0 };
                before
            })
            .collect();
        self.before.push(sum);
        self
    }

    fn is_open(&self, minute: i64) -> bool {
        let wall = (first() + TimeDelta::minutes(minute)).with_timezone(&self.zone);
        let (day, now) = (wall.date_naive(), (wall.hour() * 60 + wall.minute()) as usize);
        let within = |(from, to): &Hours| (*from..*to).contains(&now);
        let mut extra = self.extra.iter().filter(|(date, _)| *date == day).peekable();
        if extra.peek().is_some() {
            return extra.any(|(_, hours)| within(hours));
        }
        let mut weekly = self.weekly.iter().filter(|(weekday, _)| *weekday == day.weekday());
        !self.holidays.contains(&day) && weekly.any(|(_, hours)| within(hours))
    }

    /// How many seconds are open between two instants.
    pub(super) fn seconds(&self, from: DateTime<Utc>, to: DateTime<Utc>) -> i64 {
        let before = |at: DateTime<Utc>| {
            let seconds = (at - first()).num_seconds();
            let minute = usize::try_from(seconds / 60).unwrap();
            let open = self.before[minute + 1] > self.before[minute];
            self.before[minute] + if open { seconds % 60 } else { 0 }
        };
        before(to) - before(from)
    }

    /// Its definition, as a command.
    pub(super) fn line(&self) -> Value {
        let clock = |minute: usize| format!("{:02}:{:02}", minute / 60, minute % 60);
        let weekly = self.weekly.iter().map(|(day, (from, to))| {
            let day =
                ["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"]
                    [day.num_days_from_monday() as usize];
            json!({"weekday": day, "opens": clock(*from), "closes": clock(*to)})
        });
        let extra = self.extra.iter().map(
            |(date, (from, to))| json!({"date": date, "opens": clock(*from), "closes": clock(*to)}),
        );
        let input = json!({"name": self.name, "zone": self.zone.name(),
            "weekly": weekly.collect::<Vec<_>>(), "holidays": self.holidays,
            "extraDays": extra.collect::<Vec<_>>()});
        naming(self.name, line(first(), "director", ("calendarDefine", input)))
    }
}
