//! Given, when, then: one file a verb, one test a rule.

mod define;
mod draft;
mod import_holidays;
mod laws;
mod time_of_day;

use chrono::NaiveDate;
use chrono_tz::Tz;

use crate::calendar::event::Defined;
use crate::calendar::{
    CalendarCommand, CalendarEvent, ExtraDraft, ExtraHours, HoursDraft, OpeningHours, TimeOfDay,
    Weekday, WeeklyDraft, WeeklyHours,
};
use crate::kernel::testing::{self, Given};

fn given(events: impl IntoIterator<Item = CalendarEvent>) -> Given<CalendarCommand> {
    testing::given(events)
}

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn time(text: &str) -> TimeOfDay {
    text.parse().unwrap()
}

fn weekly(weekday: Weekday, opens: &str, closes: &str) -> WeeklyDraft {
    WeeklyDraft { weekday, opens: opens.to_owned(), closes: closes.to_owned() }
}

fn extra(day: &str, opens: &str, closes: &str) -> ExtraDraft {
    ExtraDraft { date: date(day), opens: opens.to_owned(), closes: closes.to_owned() }
}

/// As it is typed: in no order.
fn typed() -> HoursDraft {
    HoursDraft {
        zone: " Europe/Berlin ".to_owned(),
        weekly: vec![
            weekly(Weekday::Friday, "08:00", "24:00"),
            weekly(Weekday::Monday, "13:00:30", "17:00"),
            weekly(Weekday::Monday, " 08:00", "13:00:30 "),
        ],
        holidays: vec![date("2026-12-25"), date("2026-01-01")],
        extra_days: vec![
            extra("2026-12-25", "18:00", "20:00"),
            extra("2026-12-24", "08:00", "12:00"),
        ],
    }
}

/// The same as it is stored.
fn stored() -> OpeningHours {
    let week =
        |weekday, opens, closes| WeeklyHours { weekday, opens: time(opens), closes: time(closes) };
    let day = |day, opens, closes| ExtraHours {
        date: date(day),
        opens: time(opens),
        closes: time(closes),
    };
    OpeningHours {
        zone: Tz::Europe__Berlin,
        weekly: vec![
            week(Weekday::Monday, "08:00", "13:00:30"),
            week(Weekday::Monday, "13:00:30", "17:00"),
            week(Weekday::Friday, "08:00", "24:00"),
        ],
        holidays: [date("2026-01-01"), date("2026-12-25")].into(),
        extra_days: vec![day("2026-12-24", "08:00", "12:00"), day("2026-12-25", "18:00", "20:00")],
    }
}

fn defined() -> CalendarEvent {
    defined_as("Office", stored())
}

fn defined_as(name: &str, hours: OpeningHours) -> CalendarEvent {
    CalendarEvent::Defined(Box::new(Defined { name: name.to_owned(), hours }))
}
