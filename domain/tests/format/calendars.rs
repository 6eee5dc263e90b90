//! One event of each kind of a calendar's life.

use chrono::NaiveDate;
use chrono_tz::Tz;
use domain::calendar::event::Defined;
use domain::calendar::{CalendarEvent, ExtraHours, OpeningHours, TimeOfDay, Weekday, WeeklyHours};

pub(crate) fn calendars() -> [CalendarEvent; 1] {
    let date = |day| NaiveDate::from_ymd_opt(2026, 12, day).expect("a day of December");
    let time = |text: &str| text.parse::<TimeOfDay>().expect("a time of day");
    let weekly =
        |weekday, opens, closes| WeeklyHours { weekday, opens: time(opens), closes: time(closes) };
    let extra = ExtraHours { date: date(24), opens: time("08:00"), closes: time("12:30:15") };
    let hours = OpeningHours {
        zone: Tz::Europe__Berlin,
        weekly: vec![
            weekly(Weekday::Monday, "08:00", "12:00"),
            weekly(Weekday::Monday, "13:00", "24:00"),
            weekly(Weekday::Sunday, "00:00", "01:00"),
        ],
        holidays: [date(25), date(26)].into(),
        extra_days: vec![extra],
    };
    [CalendarEvent::Defined(Box::new(Defined { name: "Office".to_owned(), hours }))]
}
