//! Working time, by example and against a slow reading of the clocks on the wall.

mod brute;
mod days;
mod fractions;
mod laws;
mod strategies;
mod years;
mod zones;

use chrono::{DateTime, NaiveDate, Utc};
use chrono_tz::Tz;

use super::{Closed, Hours, Piece};
use crate::calendar::{ExtraHours, OpeningHours, TimeOfDay, Weekday, WeeklyHours};

/// An instant by its RFC 3339 text.
fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}

/// A calendar without any hours.
fn shut(zone: Tz) -> OpeningHours {
    OpeningHours { zone, weekly: vec![], holidays: [].into(), extra_days: vec![] }
}

const WEEK: [Weekday; 7] = [
    Weekday::Monday,
    Weekday::Tuesday,
    Weekday::Wednesday,
    Weekday::Thursday,
    Weekday::Friday,
    Weekday::Saturday,
    Weekday::Sunday,
];

/// These hours each day.
fn daily(zone: Tz, hours: &[(&str, &str)]) -> OpeningHours {
    on(zone, &WEEK, hours)
}

/// These hours on these days.
fn on(zone: Tz, days: &[Weekday], hours: &[(&str, &str)]) -> OpeningHours {
    let of_day = |weekday: &Weekday| {
        let weekday = *weekday;
        hours.iter().map(move |(opens, closes)| WeeklyHours {
            weekday,
            opens: time(opens),
            closes: time(closes),
        })
    };
    OpeningHours { weekly: days.iter().flat_map(of_day).collect(), ..shut(zone) }
}

/// Monday to Friday, 08:00 to 12:00 and 13:00 to 17:00, in Berlin.
fn office() -> OpeningHours {
    on(Tz::Europe__Berlin, &WEEK[..5], &[("08:00", "12:00"), ("13:00", "17:00")])
}

fn extra(day: &str, opens: &str, closes: &str) -> ExtraHours {
    ExtraHours { date: date(day), opens: time(opens), closes: time(closes) }
}

/// The open seconds of a calendar between two instants.
fn seconds(hours: &OpeningHours, from: &str, to: &str) -> i64 {
    Hours::from(hours).working_seconds(at(from), at(to))
}

/// The instant after so many of them.
fn after(hours: &OpeningHours, from: &str, seconds: i64) -> Option<DateTime<Utc>> {
    Hours::from(hours).add_working_seconds(at(from), seconds)
}

/// The pieces with their ends as texts.
fn pieces(hours: &Hours, from: &str, to: &str) -> Vec<(String, String, Option<Closed>)> {
    let text = |instant: DateTime<Utc>| instant.format("%Y-%m-%dT%H:%M:%S%.fZ").to_string();
    let line = |piece: Piece| (text(piece.from), text(piece.to), piece.closed);
    hours.pieces(at(from), at(to)).into_iter().map(line).collect()
}
