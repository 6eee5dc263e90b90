//! L2, L3: events that take place again.

use super::{Fault, calendar, days, days_of, event, read};

/// The days of a rule of an event that began in 2020.
fn rule(first: &str, rule: &str) -> Vec<String> {
    days(&[&format!("DTSTART;VALUE=DATE:{first}"), &format!("RRULE:{rule}")])
}

#[test]
fn l2_a_yearly_day_is_there_each_year() {
    let christmas = ["2024-12-25", "2025-12-25", "2026-12-25", "2027-12-25"];
    assert_eq!(rule("20201225", "FREQ=YEARLY"), christmas);
    assert_eq!(rule("20201225", "FREQ=YEARLY;INTERVAL=2"), [christmas[0], christmas[2]]);
    assert_eq!(rule("20201225", "FREQ=YEARLY;COUNT=6"), christmas[..2]);
    assert_eq!(rule("20201225", "FREQ=YEARLY;UNTIL=20251225"), christmas[..2]);
    assert_eq!(rule("20201225", "FREQ=YEARLY;UNTIL=20251224"), christmas[..1]);
    assert_eq!(rule("20201225", "FREQ=YEARLY;UNTIL=20261231T225959Z;INTERVAL=1"), christmas[..3]);
    assert_eq!(rule("16001225", "FREQ=YEARLY"), christmas);
    assert!(rule("20281225", "FREQ=YEARLY").is_empty());
    assert_eq!(rule("20200229", "FREQ=YEARLY"), ["2024-02-29"]);
}

#[test]
fn l2_a_day_may_be_a_weekday_of_a_month() {
    let thanksgiving = ["2024-11-28", "2025-11-27", "2026-11-26", "2027-11-25"];
    assert_eq!(rule("20201126", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), thanksgiving);
    let memorial = ["2024-05-27", "2025-05-26", "2026-05-25", "2027-05-31"];
    assert_eq!(rule("20200525", "FREQ=YEARLY;BYMONTH=5;BYDAY=-1MO"), memorial);
    // The start is one of its days only if the rule says so.
    assert_eq!(rule("20240101", "FREQ=YEARLY;BYMONTH=11;BYDAY=4TH"), thanksgiving);
    assert_eq!(rule("20241230", "FREQ=DAILY;COUNT=3").len(), 3);
    assert_eq!(rule("20241230", "FREQ=WEEKLY;COUNT=3"), ["2024-12-30", "2025-01-06", "2025-01-13"]);
    assert_eq!(rule("20241130", "FREQ=MONTHLY;COUNT=2"), ["2024-11-30", "2024-12-30"]);
}

#[test]
fn l2_each_occurrence_is_as_long() {
    let days = days(&[
        "DTSTART;VALUE=DATE:20201230",
        "DTEND;VALUE=DATE:20210102",
        "RRULE:FREQ=YEARLY;UNTIL=20250101",
    ]);
    // That of 2023 reaches into the first of the years that are asked for.
    assert_eq!(days, ["2024-01-01", "2024-12-30", "2024-12-31", "2025-01-01"]);
}

#[test]
fn l2_dates_are_added_and_left_out() {
    let lines = [
        "DTSTART;VALUE=DATE:20241225",
        "RRULE:FREQ=YEARLY",
        "EXDATE;VALUE=DATE:20251225,20300101",
        "EXDATE;VALUE=DATE:20271225",
        "RDATE;VALUE=DATE:20250601,20280101",
        "RDATE;VALUE=PERIOD:20250701T000000Z/P1D",
    ];
    assert_eq!(days(&lines), ["2024-12-25", "2025-06-01", "2025-07-01", "2026-12-25"]);
    let without_rule = ["DTSTART;VALUE=DATE:20241225", "RDATE;VALUE=DATE:20241227"];
    assert_eq!(days(&without_rule), ["2024-12-25", "2024-12-27"]);
    let all_left_out = ["DTSTART;VALUE=DATE:20241225", "EXDATE;VALUE=DATE:20241225"];
    assert!(days(&all_left_out).is_empty());
    let bad = read(&["DTSTART:20241225", "EXDATE:20241225,x"]).unwrap_err();
    assert_eq!((bad.line, bad.fault), (6, Fault::DateUnfit("EXDATE")));
}

#[test]
fn l3_one_occurrence_may_be_moved_or_cancelled() {
    let yearly = event(&["UID:a", "DTSTART;VALUE=DATE:20241225", "RRULE:FREQ=YEARLY;COUNT=3"]);
    let moved =
        event(&["UID:a", "RECURRENCE-ID;VALUE=DATE:20251225", "DTSTART;VALUE=DATE:20251229"]);
    let cancelled = event(&[
        "UID:a",
        "RECURRENCE-ID;VALUE=DATE:20261225",
        "DTSTART;VALUE=DATE:20261225",
        "STATUS:CANCELLED",
    ]);
    let other = event(&["UID:b", "DTSTART;VALUE=DATE:20261225"]);
    let file = |events: &[&str]| calendar(&events.concat());
    assert_eq!(days_of(&file(&[&yearly, &moved])), ["2024-12-25", "2025-12-29", "2026-12-25"]);
    assert_eq!(days_of(&file(&[&cancelled, &moved, &yearly])), ["2024-12-25", "2025-12-29"]);
    let both = file(&[&yearly, &cancelled, &other]);
    assert_eq!(days_of(&both), ["2024-12-25", "2025-12-25", "2026-12-25"]);
}

#[test]
fn l2_a_rule_that_cannot_be_followed_is_told_with_its_line() {
    for rule in [
        "",
        "FREQ=SOMETIMES",
        "BYMONTH=1",
        "FREQ=HOURLY",
        "FREQ=SECONDLY;COUNT=3",
        "FREQ=YEARLY;BYHOUR=8",
        "FREQ=YEARLY;INTERVAL=0",
        "FREQ=YEARLY;UNTIL=soon",
        "FREQ=YEARLY;UNTIL=20231231",
        "FREQ=YEARLY;BYMONTH=13",
        "FREQ=YEARLY;COUNT=-1",
        "FREQ=YEARLY;BYEASTER=1",
    ] {
        let fault = read(&["DTSTART:20241225", &format!("RRULE:{rule}")]).unwrap_err();
        assert_eq!((fault.line, fault.fault), (6, Fault::RuleUnfit), "{rule}");
    }
    // A day that never comes is no fault.
    assert!(rule("20240201", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30").is_empty());
}
