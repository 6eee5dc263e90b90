//! A repeated hour counts twice, a skipped one never.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;
use proptest::prelude::*;

use super::super::offsets::{offset, steady};
use super::{after, at, daily, date, extra, on, seconds, shut};
use crate::calendar::{OpeningHours, Weekday};
use crate::kernel::testing::cases;

/// The open seconds of the day that begins in this zone at this time of UTC and is `hours` long.
fn of_day(calendar: &OpeningHours, from: &str, hours: i64) -> i64 {
    let to = at(from) + chrono::TimeDelta::hours(hours);
    crate::sla::Hours::from(calendar).working_seconds(at(from), to)
}

#[test]
fn s7_a_skipped_hour_is_never_open_and_a_repeated_one_twice() {
    let night = daily(Tz::Europe__Berlin, &[("01:00", "04:00")]);
    assert_eq!(of_day(&night, "2024-03-29T23:00:00Z", 24), 3 * 3600);
    assert_eq!(of_day(&night, "2024-03-30T23:00:00Z", 23), 2 * 3600);
    assert_eq!(of_day(&night, "2024-10-26T22:00:00Z", 25), 4 * 3600);
    let gap = daily(Tz::Europe__Berlin, &[("02:00", "03:00")]);
    assert_eq!(of_day(&gap, "2024-03-30T23:00:00Z", 23), 0);
    assert_eq!(of_day(&gap, "2024-10-26T22:00:00Z", 25), 2 * 3600);
    // Half of the repeated hour: 02:30 comes twice, and is closed between.
    let half = daily(Tz::Europe__Berlin, &[("02:00", "02:30")]);
    assert_eq!(after(&half, "2024-10-26T22:00:00Z", 1800), Some(at("2024-10-27T00:30:00Z")));
    assert_eq!(after(&half, "2024-10-26T22:00:00Z", 1801), Some(at("2024-10-27T01:00:01Z")));
}

#[test]
fn s7_the_same_working_day_is_another_time_of_utc_after_the_change() {
    let office = daily(Tz::America__New_York, &[("09:00", "17:00")]);
    assert_eq!(after(&office, "2024-03-09T00:00:00Z", 1), Some(at("2024-03-09T14:00:01Z")));
    assert_eq!(after(&office, "2024-03-10T06:00:00Z", 1), Some(at("2024-03-10T13:00:01Z")));
    assert_eq!(seconds(&office, "2024-03-04T00:00:00Z", "2024-03-18T00:00:00Z"), 14 * 8 * 3600);
}

#[test]
fn s7_half_an_hour_is_repeated_on_lord_howe() {
    let night = daily(Tz::Australia__Lord_Howe, &[("01:00", "03:00")]);
    assert_eq!(of_day(&night, "2024-04-06T13:00:00Z", 24), 2 * 3600 + 1800);
    assert_eq!(of_day(&night, "2024-10-05T13:30:00Z", 24), 2 * 3600 - 1800);
}

#[test]
fn s7_a_day_may_begin_at_one_and_end_twice() {
    let first = daily(Tz::America__Sao_Paulo, &[("00:00", "02:00")]);
    assert_eq!(of_day(&first, "2017-10-15T03:00:00Z", 23), 3600);
    // Saturday's last hour comes twice: Sunday's hours begin after the second.
    let saturday = on(Tz::America__Sao_Paulo, &[Weekday::Saturday], &[("23:00", "24:00")]);
    assert_eq!(seconds(&saturday, "2018-02-17T00:00:00Z", "2018-02-19T00:00:00Z"), 2 * 3600);
    assert_eq!(after(&saturday, "2018-02-17T00:00:00Z", 7200), Some(at("2018-02-18T03:00:00Z")));
}

#[test]
fn s7_a_day_that_never_was_is_never_open() {
    let friday = on(Tz::Pacific__Apia, &[Weekday::Friday], &[("00:00", "24:00")]);
    assert_eq!(seconds(&friday, "2011-12-25T00:00:00Z", "2012-01-05T00:00:00Z"), 0);
    let extra_days = vec![extra("2011-12-30", "08:00", "18:00")];
    let extra_day = OpeningHours { extra_days, ..shut(Tz::Pacific__Apia) };
    assert_eq!(after(&extra_day, "2011-01-01T00:00:00Z", 1), None);
    let holidays = [date("2011-12-30")].into();
    let work = OpeningHours { holidays, ..daily(Tz::Pacific__Apia, &[("08:00", "18:00")]) };
    // Thursday the 29th ends where Saturday the 31st begins, and both have their hours.
    assert_eq!(seconds(&work, "2011-12-29T10:00:00Z", "2011-12-31T10:00:00Z"), 20 * 3600);
}

#[test]
fn s7_odd_offsets_are_counted_by_the_second() {
    let quarter = daily(Tz::Asia__Kathmandu, &[("08:00", "09:00")]);
    assert_eq!(after(&quarter, "2024-01-01T00:00:00Z", 1), Some(at("2024-01-01T02:15:01Z")));
    let seconds_too = daily(Tz::Africa__Monrovia, &[("08:00", "09:00")]);
    assert_eq!(after(&seconds_too, "1970-06-01T00:00:00Z", 1), Some(at("1970-06-01T08:44:31Z")));
}

/// These change their clocks again within a week (Recife in 2000, Gaza in 2040), or a month.
#[test]
fn s7_changes_in_quick_succession_are_found() {
    let zones = [Tz::America__Recife, Tz::Asia__Gaza, Tz::Africa__Casablanca, Tz::Africa__Cairo];
    let (from, to) = (at("2000-01-01T00:00:00Z"), at("2060-01-01T00:00:00Z"));
    let (from, to) = (from.timestamp(), to.timestamp());
    for zone in zones {
        let hourly: Vec<i64> = (from..to).step_by(3600).map(|at| offset(zone, at)).collect();
        let changes = hourly.windows(2).filter(|two| two[0] != two[1]).count();
        // Wherever the looks fall; none of them changes in the first days.
        for first in (from..).step_by(86_400).take(8) {
            assert_eq!(steady(zone, first, to).len(), changes + 1, "{zone}");
        }
    }
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn s7_every_zones_changes_are_found(
        zone in prop::sample::select(chrono_tz::TZ_VARIANTS.to_vec()), day in 0_i64..47_000,
    ) {
        let (from, to) = (day * 86_400 + 1234, (day + 60) * 86_400);
        let times = steady(zone, from, to);
        prop_assert!(times.windows(2).all(|two| two[0].1 == two[1].0 && two[0].2 != two[1].2));
        prop_assert_eq!((times[0].0, times[times.len() - 1].1), (from, to));
        for (begin, end, shift) in times {
            for second in (begin..end).step_by(3600).chain([begin, end - 1]) {
                prop_assert_eq!(offset(zone, second), shift);
                let utc: DateTime<Utc> = Utc.timestamp_opt(second, 0).unwrap();
                let wall = utc.with_timezone(&zone).naive_local();
                prop_assert_eq!((wall - utc.naive_utc()).num_seconds(), shift);
            }
        }
    }
}
