//! L6, L7: whatever a file says, the answer comes, and soon.

use proptest::prelude::*;

use super::{Fault, calendar, event, fault, read};
use crate::import::ical::holidays;
use crate::kernel::testing::cases;

#[test]
fn l6_a_file_has_a_bound() {
    let padded = |size: usize| {
        let text = calendar("");
        let rest = "X-A:".to_owned() + &"x".repeat(size - text.len() - 6) + "\r\n";
        calendar(&rest)
    };
    assert_eq!(padded(1_048_576).len(), 1_048_576);
    assert!(holidays(&padded(1_048_576), 2024..=2024).is_ok());
    assert_eq!(fault(&padded(1_048_577)), (1, Fault::TooLarge));
}

#[test]
fn l6_days_have_a_bound() {
    let long = |days: usize| {
        let text = calendar(&event(&["DTSTART:20000101", &format!("DURATION:P{days}D")]));
        holidays(&text, 1970..=2199).map(|found| found.dates.len())
    };
    assert_eq!(long(2_000), Ok(2_000));
    let too_many = long(2_001).unwrap_err();
    assert_eq!((too_many.line, too_many.fault), (4, Fault::TooManyDates));
    assert!(long(usize::MAX / 8).is_err());
    let daily = event(&["DTSTART:20000101", "RRULE:FREQ=DAILY"]);
    let found = holidays(&calendar(&daily), 1970..=2199).unwrap_err();
    assert_eq!(found.fault, Fault::TooManyDates);
    // The same days again and again.
    let again = event(&["DTSTART:20000101", "DURATION:P1000D"]);
    let times = |count| holidays(&calendar(&again.repeat(count)), 1970..=2199);
    assert_eq!(times(20).map(|found| found.dates.len()), Ok(1_000));
    assert_eq!(times(21).unwrap_err().fault, Fault::TooManyDates);
}

#[test]
fn l6_rules_have_a_bound() {
    let yearly = event(&["DTSTART:20240101", "RRULE:FREQ=YEARLY"]);
    let times = |count| holidays(&calendar(&yearly.repeat(count)), 2024..=2027);
    assert!(times(200).is_ok());
    assert_eq!(times(201).unwrap_err().fault, Fault::TooManyRules);
    // Those of events that take no day are not followed.
    let timed = event(&["DTSTART:20240101T080000", "RRULE:FREQ=SECONDLY"]);
    let found = holidays(&calendar(&timed.repeat(300)), 2024..=2027).unwrap();
    assert_eq!((found.dates.len(), found.timed), (0, 300));
}

#[test]
fn l6_the_rules_of_a_file_are_followed_for_a_bounded_time() {
    let times = |first: &str, rule: &str, count: usize| {
        let event = event(&[&format!("DTSTART:{first}"), &format!("RRULE:{rule}")]);
        holidays(&calendar(&event.repeat(count)), 2024..=2030)
    };
    // As desks export them: a year of long ago, a few days in a row, one that never comes.
    assert_eq!(times("16011225", "FREQ=YEARLY", 200).unwrap().dates.len(), 7);
    assert_eq!(times("20260101", "FREQ=DAILY;COUNT=5", 200).unwrap().dates.len(), 5);
    assert_eq!(times("20100101", "FREQ=DAILY;UNTIL=20100105", 200).unwrap().dates.len(), 0);
    let never = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30";
    assert_eq!(times("20240101", never, 20).unwrap().dates.len(), 0);
    // What would take minutes ends with the rule that is too much.
    let daily = times("00010101", "FREQ=DAILY;BYMONTH=1", 200).unwrap_err();
    assert_eq!((daily.line, daily.fault), (6 + 4 * 2, Fault::TooMuchWork));
    let never = times("19700101", "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", 200).unwrap_err();
    assert_eq!((never.line, never.fault), (6 + 4 * 12, Fault::TooMuchWork));
    let long = format!("FREQ=YEARLY;BYMONTHDAY={}1", "1,".repeat(1_000));
    assert_eq!(times("20240101", &long, 1).unwrap_err().fault, Fault::RuleUnfit);
}

#[test]
fn l7_what_is_in_what_may_be_deep() {
    let deep = 60_000;
    let text = "BEGIN:A\r\n".repeat(deep) + &"END:A\r\n".repeat(deep);
    assert!(holidays(&calendar(&text), 2024..=2027).is_ok());
    assert_eq!(fault(&("BEGIN:VCALENDAR\n".repeat(60_000))), (1, Fault::Unended));
}

#[test]
fn l6_many_dates_of_one_event_are_read_soon() {
    let dates = |first: i32| {
        let all = (0..50_000).map(|number| format!("{:04}0101", first + number % 8_000));
        all.collect::<Vec<_>>().join(",")
    };
    let lines = [format!("RDATE:{}", dates(1000)), format!("EXDATE:{}", dates(1000))];
    let found = read(&["DTSTART:20240102", &lines[0], &lines[1]]).unwrap();
    assert_eq!(found.dates.len(), 1);
}

/// Lines that mean something, in any order.
fn line() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "BEGIN:VEVENT",
        "END:VEVENT",
        "BEGIN:VCALENDAR",
        "END:VCALENDAR",
        "DTSTART:20240101",
        "DTSTART;VALUE=DATE:20241231",
        "DTEND:20250103",
        "DURATION:P2D",
        "RRULE:FREQ=YEARLY",
        "EXDATE:20240101",
        "RDATE:20240105",
        "RECURRENCE-ID:20250101",
        "UID:a",
        " folded",
        "SUMMARY:\\,\\n",
    ]);
    let name =
        prop::sample::select(vec!["DTSTART", "DTEND", "DURATION", "RRULE", "EXDATE", "X;A=\"b\""]);
    prop_oneof![
        4 => known.prop_map(str::to_owned),
        2 => (name, rule()).prop_map(|(name, value)| format!("{name}:{value}")),
        1 => "\\PC{0,20}",
    ]
}

fn rule() -> impl Strategy<Value = String> {
    let freq = prop::sample::select(vec!["YEARLY", "MONTHLY", "WEEKLY", "DAILY", "HOURLY"]);
    let part = prop_oneof![
        (0_i32..40).prop_map(|n| format!("INTERVAL={n}")),
        (0_i32..70_000).prop_map(|n| format!("COUNT={n}")),
        (1_i32..13).prop_map(|n| format!("BYMONTH={n}")),
        (-32_i32..33).prop_map(|n| format!("BYMONTHDAY={n}")),
        (-370_i32..370).prop_map(|n| format!("BYYEARDAY={n}")),
        (-54_i32..54).prop_map(|n| format!("BYWEEKNO={n}")),
        (-6_i32..7).prop_map(|n| format!("BYDAY={n}MO,FR")),
        (-4_i32..4).prop_map(|n| format!("BYSETPOS={n}")),
        (1990_i32..2100).prop_map(|n| format!("UNTIL={n}0615")),
        "[A-Z]{1,8}=[-+0-9A-Z,]{0,8}",
    ];
    (freq, prop::collection::vec(part, 0..4))
        .prop_map(|(freq, parts)| format!("FREQ={freq};{}", parts.join(";")))
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn l7_no_file_harms(lines in prop::collection::vec(line(), 0..12), whole in any::<bool>()) {
        let text = lines.join("\r\n") + "\r\n";
        let text = if whole { calendar(&event(&[&text])) } else { text };
        let count = text.lines().count();
        match holidays(&text, 2020..=2030) {
            Ok(found) => prop_assert!(found.dates.len() <= 2_000),
            Err(fault) => prop_assert!((1..=count.max(1)).contains(&fault.line)),
        }
    }

    #[test]
    fn l2_no_rule_harms(rule in rule(), year in 1900_i32..2030, days in 1_u64..30) {
        let start = format!("DTSTART:{year:04}0131");
        let lines = [&*start, &*format!("DURATION:P{days}D"), &*format!("RRULE:{rule}")];
        match read(&lines) {
            Ok(found) => prop_assert!(found.dates.len() <= 1_461),
            Err(fault) => prop_assert!(matches!(fault.fault, Fault::RuleUnfit | Fault::TooManyDates)),
        }
    }
}
