//! H1, H3, H4, H5: what makes no sense is told with its place and the reason.

use chrono::Days;
use serde_json::json;

use super::{date, extra, stored, typed, weekly};
use crate::calendar::refusal::List;
use crate::calendar::{CalendarRefusal, HoursDraft, Weekday, WeeklyDraft};
use crate::kernel::Refusal;

/// The refusal's code, field, place and sentence.
fn refused(draft: HoursDraft) -> (&'static str, Option<&'static str>, String, String) {
    let refusal = draft.fit().unwrap_err();
    let place = refusal.meta().get("place").map_or(String::new(), |it| it.as_str().unwrap().into());
    (refusal.code(), refusal.field(), place, refusal.to_string())
}

fn week(weekly: Vec<WeeklyDraft>) -> HoursDraft {
    HoursDraft { weekly, ..typed() }
}

/// One good time, and this one.
fn monday(opens: &str, closes: &str) -> HoursDraft {
    let hours = |opens, closes| weekly(Weekday::Monday, opens, closes);
    week(vec![hours("07:00", "08:00"), hours(opens, closes)])
}

#[test]
fn h3_it_is_stored_in_order() {
    assert_eq!(typed().fit(), Ok(stored()));
    assert_eq!(week(vec![]).fit().map(|hours| hours.weekly), Ok(vec![]));
}

#[test]
fn h1_the_zone_is_a_known_one() {
    for zone in ["", "Europe/Bonn", "europe/berlin", "+01:00", "CEST", "Europe/Berlin/x"] {
        let (code, field, ..) = refused(HoursDraft { zone: zone.to_owned(), ..typed() });
        assert_eq!((code, field), ("CALENDAR_ZONE_UNKNOWN", Some("zone")), "{zone}");
    }
    for zone in ["UTC", "Asia/Calcutta", "America/Argentina/Buenos_Aires", "Etc/GMT+5"] {
        assert!(HoursDraft { zone: zone.to_owned(), ..typed() }.fit().is_ok(), "{zone}");
    }
}

#[test]
fn h3_a_time_is_a_time_of_day() {
    let sentence = "weekly[1].closes is not a time of day such as 08:00, 17:30:15 or 24:00";
    assert_eq!(
        refused(monday("08:00", "25:00")),
        ("CALENDAR_TIME_UNFIT", Some("weekly"), "weekly[1].closes".into(), sentence.into())
    );
    assert_eq!(refused(monday("8", "9")).2, "weekly[1].opens");
    // 24:00 is an end alone.
    assert_eq!(refused(monday("24:00", "24:00")).2, "weekly[1].opens");
    let extra_days = vec![extra("2026-01-02", "08:00", "x")];
    assert_eq!(refused(HoursDraft { extra_days, ..typed() }).2, "extraDays[0].closes");
}

#[test]
fn h3_it_opens_before_it_closes_on_the_same_day() {
    let (code, field, place, _) = refused(monday("08:00", "08:00"));
    assert_eq!((code, field), ("CALENDAR_HOURS_EMPTY", Some("weekly")));
    assert_eq!(place, "weekly[1].closes");
    let (code, _, place, sentence) = refused(monday("22:00", "06:00"));
    assert_eq!((code, place.as_str()), ("CALENDAR_HOURS_ACROSS_MIDNIGHT", "weekly[1].closes"));
    assert_eq!(
        sentence,
        "weekly[1].closes is earlier than it opens: hours across midnight are two, one of them to 24:00"
    );
    assert_eq!(refused(monday("08:00", "00:00")).0, "CALENDAR_HOURS_ACROSS_MIDNIGHT");
    let closed = vec![extra("2026-01-02", "00:00", "00:00")];
    let (code, field, ..) = refused(HoursDraft { extra_days: closed, ..typed() });
    assert_eq!((code, field), ("CALENDAR_HOURS_EMPTY", Some("extraDays")));
}

#[test]
fn h3_hours_are_disjoint_and_may_touch() {
    assert!(monday("08:00", "09:00").fit().is_ok());
    for (opens, closes) in [("07:59:59", "09:00"), ("06:00", "07:00:01"), ("07:00", "08:00")] {
        let refusal = monday(opens, closes).fit().unwrap_err();
        assert_eq!(refusal.code(), "CALENDAR_HOURS_OVERLAP");
        let told = refusal.meta();
        assert!(told.contains_key("place") && told.contains_key("other"), "{told:?}");
    }
    let refusal = monday("07:30", "09:00").fit().unwrap_err();
    assert_eq!(refusal.to_string(), "weekly[1] overlaps with weekly[0]");
    assert_eq!(refusal.meta()["other"], json!("weekly[0]"));
    let date = "2026-12-25";
    let extra_days = vec![extra(date, "08:00", "12:00"), extra(date, "11:00", "13:00")];
    let (code, field, place, _) = refused(HoursDraft { extra_days, ..typed() });
    assert_eq!((code, field), ("CALENDAR_HOURS_OVERLAP", Some("extraDays")));
    assert_eq!(place, "extraDays[1]");
}

#[test]
fn h4_a_holiday_is_said_once() {
    let holidays = vec![date("2026-01-01"), date("2026-12-25"), date("2026-01-01")];
    let (code, field, place, sentence) = refused(HoursDraft { holidays, ..typed() });
    assert_eq!((code, field), ("CALENDAR_HOLIDAY_TWICE", Some("holidays")));
    assert_eq!(place, "holidays[2]");
    assert_eq!(sentence, "holidays[2] is the same date as holidays[0]");
}

#[test]
fn h5_dates_are_of_the_years_1970_to_2199() {
    for text in ["1969-12-31", "2200-01-01"] {
        let holidays = vec![date(text)];
        let (code, _, place, _) = refused(HoursDraft { holidays, ..typed() });
        assert_eq!((code, place.as_str()), ("CALENDAR_DATE_UNFIT", "holidays[0]"));
        let extra_days = vec![extra(text, "08:00", "12:00")];
        assert_eq!(refused(HoursDraft { extra_days, ..typed() }).2, "extraDays[0].date");
    }
    let holidays = vec![date("1970-01-01"), date("2199-12-31")];
    assert!(HoursDraft { holidays, ..typed() }.fit().is_ok());
}

#[test]
fn h5_there_are_not_too_many() {
    // Each second one of a week, until there are enough.
    let week_of = |count: usize| {
        let time = |number: usize| format!("{:02}:{:02}", number / 60, number % 60);
        (0..count).map(|n| weekly(Weekday::Monday, &time(2 * n), &time(2 * n + 1))).collect()
    };
    assert!(week(week_of(200)).fit().is_ok());
    let too_many = |list, max| Err(CalendarRefusal::TooMany { list, max });
    assert_eq!(week(week_of(201)).fit(), too_many(List::Weekly, 200));
    assert_eq!(
        refused(week(week_of(201))),
        (
            "CALENDAR_TOO_MANY",
            Some("weekly"),
            String::new(),
            "there are at most 200 weekly hours".into()
        )
    );
    let days = |count| (0..count).map(|day| date("2020-01-01") + Days::new(day));
    let holidays = |count| HoursDraft { holidays: days(count).collect(), ..typed() };
    assert!(holidays(2_000).fit().is_ok());
    assert_eq!(holidays(2_001).fit(), too_many(List::Holidays, 2_000));
    let extra_days = |count| HoursDraft {
        extra_days: days(count).map(|day| extra(&day.to_string(), "08:00", "09:00")).collect(),
        ..typed()
    };
    assert!(extra_days(2_000).fit().is_ok());
    assert_eq!(extra_days(2_001).fit(), too_many(List::ExtraDays, 2_000));
}

#[test]
fn h3_as_json_it_has_the_apis_names() {
    let json = json!({
        "zone": "Europe/Berlin",
        "weekly": [{"weekday": "MONDAY", "opens": "08:00", "closes": "24:00"}],
        "extraDays": [{"date": "2026-12-24", "opens": "08:00", "closes": "12:00"}],
    });
    let draft: HoursDraft = serde_json::from_value(json).unwrap();
    assert_eq!((draft.weekly.len(), draft.holidays.len(), draft.extra_days.len()), (1, 0, 1));
    let unknown = json!({"zone": "UTC", "weekly": [], "hollidays": []});
    assert!(serde_json::from_value::<HoursDraft>(unknown).is_err());
}
