//! L1, L4, L5, L7: events that take place once.

use super::{Fault, calendar, days, days_of, event, fault, read};
use crate::import::ical::holidays;

#[test]
fn l1_a_day_is_a_day_and_its_end_is_not_of_it() {
    assert_eq!(days(&["DTSTART;VALUE=DATE:20241225"]), ["2024-12-25"]);
    let end = |end| days(&["DTSTART;VALUE=DATE:20241230", end]);
    let three = ["2024-12-30", "2024-12-31", "2025-01-01"];
    assert_eq!(end("DTEND;VALUE=DATE:20241231"), three[..1]);
    assert_eq!(end("DTEND;VALUE=DATE:20250102"), three);
    // Written by those who did not read the standard.
    assert_eq!(end("DTEND;VALUE=DATE:20241230"), three[..1]);
    assert_eq!(end("DTEND;VALUE=DATE:20241201"), three[..1]);
    assert_eq!(end("DURATION:P3D"), three);
    assert_eq!(end("DURATION:P1W").len(), 7);
    assert_eq!(end("DURATION:P1DT0H0M0S"), three[..1]);
    assert_eq!(days(&["DTSTART:20241225"]), ["2024-12-25"]);
    assert_eq!(days(&["dtstart;value=date:20241225"]), ["2024-12-25"]);
}

#[test]
fn l1_each_day_has_its_name() {
    let named = |summary: &str| {
        let found = read(&["DTSTART;VALUE=DATE:20241225", summary]).unwrap();
        found.dates.into_values().next().unwrap()
    };
    assert_eq!(named("SUMMARY:Christmas"), "Christmas");
    assert_eq!(named("SUMMARY;LANGUAGE=de:1. Weihnachtstag\\, frei"), "1. Weihnachtstag, frei");
    assert_eq!(named("SUMMARY:Christ\r\n mas \r\n\tDay"), "Christmas Day");
    assert_eq!(named("SUMMARY:two\\nlines"), "two lines");
    assert_eq!(named("DESCRIPTION:none"), "");
    assert_eq!(named(&format!("SUMMARY:{}", "é".repeat(300))).chars().count(), 200);
    let day = "DTSTART;VALUE=DATE:20241225";
    let two = [event(&[day, "SUMMARY:First"]), event(&[day, "SUMMARY:Second"])].concat();
    let found = holidays(&calendar(&two), 2024..=2024).unwrap();
    assert_eq!(found.dates.into_values().collect::<Vec<_>>(), ["First"]);
}

#[test]
fn l4_events_with_a_time_of_day_and_cancelled_ones_are_counted() {
    let file = calendar(
        &[
            event(&["DTSTART:20241225T080000Z", "DTEND:20241225T090000Z", "RRULE:FREQ=HOURLY"]),
            event(&["DTSTART;TZID=Europe/Berlin:20241226T080000", "DURATION:PT1H"]),
            event(&["DTSTART;VALUE=DATE:20241227", "STATUS:CANCELLED"]),
            event(&["DTSTART;VALUE=DATE:20241228", "STATUS:CONFIRMED"]),
        ]
        .concat(),
    );
    let found = holidays(&file, 2024..=2027).unwrap();
    assert_eq!((found.dates.len(), found.timed, found.cancelled), (1, 2, 1));
}

#[test]
fn l5_days_of_other_years_are_left_out() {
    assert!(days(&["DTSTART;VALUE=DATE:20231231"]).is_empty());
    let turn = ["DTSTART;VALUE=DATE:20231230", "DTEND;VALUE=DATE:20240103"];
    assert_eq!(days(&turn), ["2024-01-01", "2024-01-02"]);
    let end = ["DTSTART;VALUE=DATE:20271230", "DTEND;VALUE=DATE:20280103"];
    assert_eq!(days(&end), ["2027-12-30", "2027-12-31"]);
    let file = calendar(&event(&["DTSTART;VALUE=DATE:19700101", "DTEND;VALUE=DATE:19700103"]));
    let count = |years| holidays(&file, years).unwrap().dates.len();
    assert_eq!(count(i32::MIN..=i32::MAX), 2);
    assert_eq!(count(1960..=1970), 2);
    #[expect(clippy::reversed_empty_ranges, reason = "years may be asked for the wrong way round")]
    let none = count(1971..=1960);
    assert_eq!((none, count(2300..=2400)), (0, 0));
}

#[test]
fn l7_what_says_nothing_of_days_is_passed_over() {
    let file = "\u{feff}BEGIN:VCALENDAR\nVERSION:2.0\n\nBEGIN:VTIMEZONE\nTZID:x\nBEGIN:STANDARD\n\
                DTSTART:19700101T000000\nRRULE:FREQ=YEARLY\nEND:STANDARD\nEND:VTIMEZONE\n\
                begin:vevent\nDTSTART;VALUE=DATE:20241225\nX-A;B=\"c:d;e\":f\nATTENDEE;CN=\"G, H\":mailto:x\n\
                BEGIN:VALARM\nTRIGGER:-PT1H\nSUMMARY:no\nDURATION:PT15M\nEND:VALARM\nSUMMARY:yes\n\
                end:vevent\nBEGIN:VTODO\nDTSTART;VALUE=DATE:20241226\nEND:VTODO\nEND:VCALENDAR\n";
    assert_eq!(days_of(file), ["2024-12-25"]);
    let twice = format!("{file}{file}");
    assert_eq!(days_of(twice.replace('\u{feff}', "").as_str()), ["2024-12-25"]);
    assert!(days_of(&calendar("")).is_empty());
}

#[test]
fn l7_what_is_no_calendar_is_told_with_its_line() {
    for text in
        ["", "\n\n", "{}", "a,b\n1,2\n", "BEGIN:VCARD\nEND:VCARD\n", " x", "X:y\n", "PK\u{3}\u{4}"]
    {
        assert_eq!(fault(text), (fault(text).0, Fault::NotACalendar), "{text:?}");
    }
    assert_eq!(fault("\n\nhello\n"), (3, Fault::NotACalendar));
    assert_eq!(fault("BEGIN:VCALENDAR\nhello\nEND:VCALENDAR\n"), (2, Fault::NotALine));
    assert_eq!(fault("BEGIN:VCALENDAR\n:x\nEND:VCALENDAR\n"), (2, Fault::NotALine));
    assert_eq!(fault("BEGIN:VCALENDAR\nEND:VEVENT\n"), (2, Fault::Unbegun));
    assert_eq!(fault("END:VCALENDAR\n"), (1, Fault::Unbegun));
    assert_eq!(fault("BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20240101\n"), (1, Fault::Unended));
    let said = |lines: &[&str]| read(lines).unwrap_err().to_string();
    assert_eq!(said(&["SUMMARY:x"]), "line 4: the event has no start");
    let folded = ["SUMMARY:a\r\n b\r\n c", "DTSTART;VALUE=DATE:2024-12-25"];
    assert_eq!(said(&folded), "line 8: DTSTART is no date such as 20261224");
    assert_eq!(said(&["DTSTART:20240230"]), "line 5: DTSTART is no date such as 20261224");
    let duration = ["DTSTART:20240201", "DURATION:PT8H"];
    assert_eq!(said(&duration), "line 4: DURATION is not of days or weeks, such as P1D");
}
