//! The years a calendar knows, and what it costs to keep.

use chrono::{DateTime, Utc};
use chrono_tz::Tz;

use super::{after, at, daily, office, pieces, seconds};
use crate::sla::hours::{Closed, Hours};

#[test]
fn s7_before_1970_and_after_2199_a_calendar_is_shut() {
    let always = daily(Tz::Pacific__Kiritimati, &[("00:00", "24:00")]);
    assert_eq!(seconds(&always, "1969-12-31T23:00:00Z", "1970-01-01T01:00:00Z"), 3600);
    assert_eq!(seconds(&always, "2199-12-31T23:00:00Z", "2200-01-01T01:00:00Z"), 3600);
    assert_eq!(seconds(&always, "1900-01-01T00:00:00Z", "1950-01-01T01:00:00Z"), 0);
    assert_eq!(seconds(&always, "2300-01-01T00:00:00Z", "2350-01-01T01:00:00Z"), 0);
    let century = pieces(&Hours::from(&always), "1950-01-01T00:00:00Z", "2250-01-01T00:00:00Z");
    let ends: Vec<_> = century.iter().map(|(_, to, closed)| (&to[..10], *closed)).collect();
    let out = Some(Closed::OutOfHours);
    assert_eq!(ends, [("1970-01-01", out), ("2200-01-01", None), ("2250-01-01", out)]);
    for (from, to) in [
        ("1950-01-01T00:00:00Z", "1960-01-01T00:00:00Z"),
        ("2250-01-01T00:00:00Z", "2260-01-01T00:00:00Z"),
    ] {
        let shut = pieces(&Hours::from(&always), from, to);
        assert_eq!(shut, [(from.to_owned(), to.to_owned(), out)]);
    }
}

#[test]
fn s7_what_is_not_reached_by_then_is_never() {
    let always = daily(Tz::UTC, &[("00:00", "24:00")]);
    assert_eq!(after(&always, "2199-12-31T23:00:00Z", 3600), Some(at("2200-01-01T00:00:00Z")));
    assert_eq!(after(&always, "2199-12-31T23:00:00Z", 3601), None);
    assert_eq!(after(&always, "2210-01-01T00:00:00Z", 1), None);
    assert_eq!(after(&always, "1960-01-01T00:00:00Z", 1), Some(at("1970-01-01T00:00:01Z")));
    for hours in [Hours::from(&always), Hours::Always] {
        for from in [at("2026-01-01T00:00:00Z"), DateTime::<Utc>::MAX_UTC] {
            assert_eq!(hours.add_working_seconds(from, i64::MAX), None);
        }
        let (first, last) = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
        assert!(hours.working_seconds(first, last) >= 230 * 365 * 86_400);
        assert_eq!(hours.pieces(first, last).last().map(|piece| piece.to), Some(last));
    }
}

#[test]
fn s7_a_calendar_is_the_same_whatever_was_asked_of_it() {
    let (asked, fresh) = (Hours::from(&office()), Hours::from(&office()));
    let copy = asked.clone();
    let day = (at("2026-03-02T00:00:00Z"), at("2027-03-03T00:00:00Z"));
    assert_eq!(asked.working_seconds(day.0, day.1), copy.working_seconds(day.0, day.1));
    assert_eq!(asked, fresh);
    assert_ne!(asked, Hours::from(&daily(Tz::UTC, &[("00:00", "24:00")])));
    assert_ne!(asked, Hours::Always);
    assert!(format!("{asked:?}").contains("Berlin"));
    fn shared<T: Send + Sync>(_: &T) {}
    shared(&asked);
}

#[test]
fn s7_many_may_ask_at_once() {
    let hours = Hours::from(&office());
    let (from, to) = (at("2026-03-02T00:00:00Z"), at("2036-03-03T00:00:00Z"));
    let expected = Hours::from(&office()).working_seconds(from, to);
    std::thread::scope(|scope| {
        for _ in 0..4 {
            let hours = hours.clone();
            scope.spawn(move || assert_eq!(hours.working_seconds(from, to), expected));
        }
    });
}
