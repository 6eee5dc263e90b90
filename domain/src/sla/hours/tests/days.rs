//! What a date's hours are, and where time ends.

use chrono_tz::Tz;

use super::{WEEK, after, at, daily, date, extra, office, on, pieces, seconds, shut};
use crate::calendar::{OpeningHours, Weekday};
use crate::sla::hours::{Closed, Hours};

const OUT: Option<Closed> = Some(Closed::OutOfHours);

/// The office with a holiday on Tuesday, and hours of their own on that Wednesday and Saturday.
fn special() -> OpeningHours {
    OpeningHours {
        holidays: [date("2026-03-03")].into(),
        extra_days: vec![
            extra("2026-03-04", "09:00", "10:00"),
            extra("2026-03-04", "20:00", "24:00"),
            extra("2026-03-07", "10:00", "12:00"),
        ],
        ..office()
    }
}

#[test]
fn s7_several_times_a_day_count_and_the_lunch_between_them_does_not() {
    assert_eq!(seconds(&office(), "2026-03-02T06:00:00Z", "2026-03-02T20:00:00Z"), 8 * 3600);
    assert_eq!(seconds(&office(), "2026-03-02T10:30:00Z", "2026-03-02T12:30:00Z"), 3600);
    // Friday noon to Monday noon.
    assert_eq!(seconds(&office(), "2026-03-06T12:00:00Z", "2026-03-09T12:00:00Z"), 8 * 3600);
    assert_eq!(seconds(&office(), "2026-03-03T12:00:00Z", "2026-03-03T09:00:00Z"), 0);
}

#[test]
fn s7_the_closing_second_is_the_answer_not_the_next_opening() {
    assert_eq!(after(&office(), "2026-03-06T15:00:00Z", 3600), Some(at("2026-03-06T16:00:00Z")));
    assert_eq!(after(&office(), "2026-03-06T15:00:00Z", 3601), Some(at("2026-03-09T07:00:01Z")));
    // Begun at the closing second, nothing of that day counts.
    assert_eq!(after(&office(), "2026-03-06T16:00:00Z", 1), Some(at("2026-03-09T07:00:01Z")));
    assert_eq!(after(&office(), "2026-03-07T00:00:00Z", 0), Some(at("2026-03-07T00:00:00Z")));
}

#[test]
fn s7_a_holiday_has_no_hours_and_says_so_from_midnight_to_midnight() {
    assert_eq!(seconds(&special(), "2026-03-02T16:00:00Z", "2026-03-03T23:00:00Z"), 0);
    let tuesday = pieces(&Hours::from(&special()), "2026-03-02T15:00:00Z", "2026-03-04T00:00:00Z");
    assert_eq!(
        tuesday,
        [
            ("2026-03-02T15:00:00Z".to_owned(), "2026-03-02T16:00:00Z".to_owned(), None),
            ("2026-03-02T16:00:00Z".to_owned(), "2026-03-02T23:00:00Z".to_owned(), OUT),
            (
                "2026-03-02T23:00:00Z".to_owned(),
                "2026-03-03T23:00:00Z".to_owned(),
                Some(Closed::Holiday),
            ),
            (
                "2026-03-03T23:00:00Z".to_owned(),
                "2026-03-04T00:00:00Z".to_owned(),
                Some(Closed::ExtraDay),
            ),
        ]
    );
}

#[test]
fn s7_an_extra_day_replaces_that_dates_hours() {
    assert_eq!(seconds(&special(), "2026-03-03T23:00:00Z", "2026-03-04T23:00:00Z"), 5 * 3600);
    assert_eq!(seconds(&special(), "2026-03-06T23:00:00Z", "2026-03-07T23:00:00Z"), 2 * 3600);
    let wednesday =
        pieces(&Hours::from(&special()), "2026-03-04T08:30:00Z", "2026-03-05T07:30:00Z");
    let ends: Vec<_> = wednesday.iter().map(|(_, to, closed)| (&to[11..16], *closed)).collect();
    let closed = Some(Closed::ExtraDay);
    let night = [("23:00", None), ("07:00", OUT), ("07:30", None)];
    assert_eq!(ends, [[("09:00", None), ("19:00", closed)].as_slice(), &night].concat());
}

#[test]
fn s7_an_extra_day_beats_a_holiday() {
    let both = OpeningHours { holidays: [date("2026-03-04")].into(), ..special() };
    assert_eq!(seconds(&both, "2026-03-03T23:00:00Z", "2026-03-04T23:00:00Z"), 5 * 3600);
}

#[test]
fn s7_hours_to_midnight_and_from_midnight_on_are_one_piece() {
    let always = daily(Tz::Europe__Berlin, &[("00:00", "24:00")]);
    let year = ("2026-01-01T00:00:00Z", "2027-01-01T00:00:00Z");
    assert_eq!(seconds(&always, year.0, year.1), 365 * 86_400);
    let one = pieces(&Hours::from(&always), year.0, year.1);
    assert_eq!(one, pieces(&Hours::Always, year.0, year.1));
    assert_eq!(one.len(), 1);
    let touching = daily(Tz::UTC, &[("08:00", "12:00"), ("12:00", "16:00")]);
    let day = pieces(&Hours::from(&touching), "2026-01-01T08:00:00Z", "2026-01-01T16:00:00Z");
    assert_eq!(day.len(), 1);
}

#[test]
fn s7_without_weekly_hours_it_is_never_open() {
    let never = shut(Tz::Europe__Berlin);
    assert_eq!(seconds(&never, "1970-01-01T00:00:00Z", "2199-12-31T00:00:00Z"), 0);
    assert_eq!(after(&never, "1970-01-01T00:00:00Z", 1), None);
    let one = pieces(&Hours::from(&never), "1960-01-01T00:00:00Z", "2210-01-01T00:00:00Z");
    assert_eq!(one, [("1960-01-01T00:00:00Z".to_owned(), "2210-01-01T00:00:00Z".to_owned(), OUT)]);
    let holidays = OpeningHours { holidays: [date("2026-03-03")].into(), ..never };
    assert_eq!(after(&holidays, "1970-01-01T00:00:00Z", 1), None);
}

#[test]
fn s7_extra_days_alone_are_open_and_nothing_after_the_last() {
    // The last hour of that year in New York is of the next one in UTC.
    let extra_days = vec![extra("2026-12-31", "18:00", "24:00")];
    let party = OpeningHours { extra_days, ..shut(Tz::America__New_York) };
    let eve = at("2026-12-31T23:00:00Z");
    assert_eq!(
        after(&party, "1970-01-01T00:00:00Z", 1).unwrap(),
        eve + chrono::TimeDelta::seconds(1)
    );
    assert_eq!(after(&party, "2026-12-31T23:00:00Z", 21_600), Some(at("2027-01-01T05:00:00Z")));
    assert_eq!(after(&party, "2026-12-31T23:00:00Z", 21_601), None);
    assert_eq!(after(&party, "2150-12-31T23:00:00Z", 1), None);
    assert_eq!(seconds(&party, "1970-01-01T00:00:00Z", "2199-01-01T00:00:00Z"), 21_600);
}

#[test]
fn s7_a_leap_day_is_a_day() {
    let thursdays = on(Tz::UTC, &[Weekday::Thursday], &[("00:00", "24:00")]);
    assert_eq!(seconds(&thursdays, "2024-02-29T00:00:00Z", "2024-03-01T00:00:00Z"), 86_400);
    let work = on(Tz::UTC, &WEEK, &[("10:00", "11:00")]);
    assert_eq!(seconds(&work, "2024-02-28T00:00:00Z", "2024-03-02T00:00:00Z"), 3 * 3600);
    // The year 2100 has none.
    assert_eq!(seconds(&work, "2100-02-28T00:00:00Z", "2100-03-02T00:00:00Z"), 2 * 3600);
}
