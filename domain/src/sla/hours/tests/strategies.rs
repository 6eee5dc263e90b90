//! Random calendars, and the times at which clocks do something strange.

use std::collections::BTreeSet;

use chrono::{DateTime, Days, NaiveDate, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::{WEEK, shut};
use crate::calendar::{ExtraHours, OpeningHours, TimeOfDay, Weekday, WeeklyHours};

/// Zones with a date near which their clocks change, or would be thought to.
const STRANGE: [(Tz, &str); 26] = [
    (Tz::UTC, "2024-02-29"),
    (Tz::UTC, "2100-02-28"),
    (Tz::Europe__Berlin, "2024-03-31"),
    (Tz::Europe__Berlin, "2024-10-27"),
    (Tz::Europe__Berlin, "1980-04-06"),
    (Tz::America__New_York, "2024-03-10"),
    (Tz::America__New_York, "2024-11-03"),
    // Half an hour.
    (Tz::Australia__Lord_Howe, "2024-04-07"),
    (Tz::Australia__Lord_Howe, "2024-10-06"),
    // At midnight: the day begins at 01:00, or its last hour comes twice.
    (Tz::America__Sao_Paulo, "2017-10-15"),
    (Tz::America__Sao_Paulo, "2018-02-18"),
    (Tz::Africa__Cairo, "2024-04-26"),
    (Tz::Asia__Beirut, "2024-03-31"),
    // A minute past midnight.
    (Tz::America__St_Johns, "2006-10-29"),
    // A day that never was.
    (Tz::Pacific__Apia, "2011-12-30"),
    (Tz::Pacific__Kiritimati, "1994-12-31"),
    (Tz::Pacific__Kwajalein, "1993-08-21"),
    // Quarters of an hour, and seconds.
    (Tz::Asia__Kathmandu, "1986-01-01"),
    (Tz::Pacific__Chatham, "2024-04-07"),
    (Tz::Africa__Monrovia, "1972-01-07"),
    // Summer time that pauses for Ramadan; a winter time that is said to be less.
    (Tz::Africa__Casablanca, "2024-03-10"),
    (Tz::Africa__Casablanca, "2024-04-14"),
    (Tz::Europe__Dublin, "2024-10-27"),
    // Two hours.
    (Tz::Antarctica__Troll, "2024-03-31"),
    // Summer time the whole year, then none: a change of the offset alone.
    (Tz::Europe__Istanbul, "2016-09-07"),
    (Tz::America__Caracas, "2016-05-01"),
];

/// A zone, and midnight UTC of a day of interest to it.
pub(super) fn place() -> impl Strategy<Value = (Tz, DateTime<Utc>)> {
    let strange = prop::sample::select(STRANGE.to_vec())
        .prop_map(|(zone, day)| (zone, midnight(day.parse().unwrap())));
    let any_day = (0_u64..75_000)
        .prop_map(|day| midnight(NaiveDate::default().checked_add_days(Days::new(day)).unwrap()));
    let zones: Vec<Tz> = STRANGE.iter().map(|(zone, _)| *zone).collect();
    prop_oneof![3 => strange, 1 => (prop::sample::select(zones), any_day)]
}

fn midnight(date: NaiveDate) -> DateTime<Utc> {
    Utc.from_utc_datetime(&date.and_time(chrono::NaiveTime::MIN))
}

/// A calendar whose special days are near this one; its times are multiples of `grain` seconds.
pub(super) fn calendar(
    zone: Tz,
    near: NaiveDate,
    grain: u32,
) -> impl Strategy<Value = OpeningHours> {
    let special = prop::collection::btree_set(
        (-4_i64..40).prop_map(move |days| {
            near.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(near)
        }),
        0..4,
    );
    let extra = prop::collection::vec(hours(grain), 0..4);
    (week(grain), special.clone(), special, extra).prop_map(
        move |(weekly, holidays, dates, extra)| OpeningHours {
            weekly,
            holidays,
            extra_days: extra_days(&dates, &extra),
            ..shut(zone)
        },
    )
}

type Times = Vec<(TimeOfDay, TimeOfDay)>;

fn extra_days(dates: &BTreeSet<NaiveDate>, hours: &[Times]) -> Vec<ExtraHours> {
    let days = dates.iter().zip(hours);
    let of_day = |(date, times): (&NaiveDate, &Times)| {
        let date = *date;
        let open = |(opens, closes)| ExtraHours { date, opens, closes };
        times.iter().copied().map(open).collect::<Vec<_>>()
    };
    days.flat_map(of_day).collect()
}

/// Empty, always open, the same each day, or anything.
fn week(grain: u32) -> impl Strategy<Value = Vec<WeeklyHours>> {
    let always = vec![(TimeOfDay::START, TimeOfDay::END)];
    prop_oneof![
        1 => Just(vec![]),
        1 => Just(WEEK.into_iter().flat_map(|day| of_weekday(day, &always)).collect()),
        2 => hours(grain).prop_map(|times| {
            WEEK.into_iter().flat_map(|day| of_weekday(day, &times)).collect()
        }),
        4 => prop::collection::vec(prop_oneof![Just(vec![]), hours(grain)], 7).prop_map(|days| {
            WEEK.into_iter().zip(&days).flat_map(|(day, times)| of_weekday(day, times)).collect()
        }),
    ]
}

fn of_weekday(weekday: Weekday, times: &Times) -> Vec<WeeklyHours> {
    times
        .iter()
        .map(|(opens, closes)| WeeklyHours { weekday, opens: *opens, closes: *closes })
        .collect()
}

/// One to three times of a day, disjoint; some of them touch.
fn hours(grain: u32) -> impl Strategy<Value = Times> {
    let last = 86_400 / grain;
    // Many of them where clocks are changed.
    let mark = prop_oneof![3 => 0..=last, 2 => 0..=last / 6, 1 => Just(last)];
    let marks = prop::collection::btree_set(mark, 2..7);
    (marks, any::<bool>()).prop_map(move |(marks, touch)| {
        let time = |mark: u32| TimeOfDay::from_seconds(mark * grain).unwrap();
        let marks: Vec<TimeOfDay> = marks.into_iter().map(time).collect();
        let step = if touch { 1 } else { 2 };
        marks.windows(2).step_by(step).map(|pair| (pair[0], pair[1])).collect()
    })
}
