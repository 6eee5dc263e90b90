//! G2, G3

use chrono::{DateTime, Utc};

use super::{at, draft, rule};
use crate::calendar::{ExtraDraft, HoursDraft, Weekday, WeeklyDraft};
use crate::recurrence::{ClosedDay, Rule, RuleDraft, Schedule};
use crate::sla::Hours;

fn shown(rule: &Rule, after: &str, most: usize) -> Vec<String> {
    texts(Schedule { rule, calendar: None }.after(at(after), most))
}

fn texts(instants: Vec<DateTime<Utc>>) -> Vec<String> {
    instants.into_iter().map(|at| at.format("%Y-%m-%dT%H:%M").to_string()).collect()
}

/// Monday to Friday, 6 April 2026 is a holiday, Saturday 11 April is open.
fn office() -> Hours {
    let days =
        [Weekday::Monday, Weekday::Tuesday, Weekday::Wednesday, Weekday::Thursday, Weekday::Friday];
    let hours = |weekday| WeeklyDraft { weekday, opens: "09:00".into(), closes: "17:00".into() };
    let extra = ExtraDraft {
        date: "2026-04-11".parse().unwrap(),
        opens: "10:00".into(),
        closes: "11:00".into(),
    };
    let draft = HoursDraft {
        zone: "Europe/Berlin".to_owned(),
        weekly: days.map(hours).into(),
        holidays: vec!["2026-04-06".parse().unwrap()],
        extra_days: vec![extra],
    };
    Hours::from(&draft.fit().unwrap())
}

#[test]
fn g2_the_clocks_of_its_zone_say_when_through_both_changes() {
    let daily = rule("FREQ=DAILY");
    let spring = shown(&daily, "2026-03-27T12:00:00Z", 3);
    assert_eq!(spring, ["2026-03-28T07:00", "2026-03-29T06:00", "2026-03-30T06:00"]);
    let autumn = shown(&daily, "2026-10-23T12:00:00Z", 3);
    assert_eq!(autumn, ["2026-10-24T06:00", "2026-10-25T07:00", "2026-10-26T07:00"]);
}

#[test]
fn g2_in_a_skipped_hour_it_is_the_first_instant_behind_and_in_a_repeated_one_the_first() {
    let early = RuleDraft { at: "02:30".to_owned(), ..draft("FREQ=DAILY") }.fit().unwrap();
    let spring = shown(&early, "2026-03-27T12:00:00Z", 3);
    assert_eq!(spring, ["2026-03-28T01:30", "2026-03-29T01:00", "2026-03-30T00:30"]);
    let autumn = shown(&early, "2026-10-23T12:00:00Z", 3);
    assert_eq!(autumn, ["2026-10-24T00:30", "2026-10-25T00:30", "2026-10-26T01:30"]);
    // A zone that skipped a whole day: 30 December 2011 was never there.
    let apia = RuleDraft {
        zone: "Pacific/Apia".to_owned(),
        from: "2011-12-29".parse().unwrap(),
        ..draft("FREQ=DAILY")
    };
    let skipped = shown(&apia.fit().unwrap(), "2011-12-29T00:00:00Z", 3);
    assert_eq!(skipped, ["2011-12-29T18:00", "2011-12-30T10:00", "2011-12-30T18:00"]);
}

#[test]
fn g2_weeks_months_and_years_are_counted_from_the_first_day() {
    let weekly = rule("FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,FR");
    let found = shown(&weekly, "2026-03-02T12:00:00Z", 3);
    assert_eq!(found, ["2026-03-06T07:00", "2026-03-16T07:00", "2026-03-20T07:00"]);
    let last = rule("FREQ=MONTHLY;BYMONTHDAY=-1");
    let found = shown(&last, "2026-03-02T12:00:00Z", 2);
    assert_eq!(found, ["2026-03-31T06:00", "2026-04-30T06:00"]);
    let leap = rule("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=29");
    assert_eq!(shown(&leap, "2026-03-02T12:00:00Z", 2), ["2028-02-29T07:00", "2032-02-29T07:00"]);
    let thrice = rule("FREQ=DAILY;COUNT=3");
    assert_eq!(shown(&thrice, "2026-03-02T12:00:00Z", 9).len(), 2, "the first was earlier");
    assert!(shown(&thrice, "2030-01-01T00:00:00Z", 9).is_empty());
}

#[test]
fn g2_it_ends_with_its_last_day_and_goes_on_for_decades_without() {
    let until = RuleDraft { until: "2026-03-04".parse().ok(), ..draft("FREQ=DAILY") };
    let found = shown(&until.fit().unwrap(), "2026-03-02T12:00:00Z", 9);
    assert_eq!(found, ["2026-03-03T07:00", "2026-03-04T07:00"]);
    let old = RuleDraft { from: "1986-03-02".parse().unwrap(), ..draft("FREQ=DAILY") };
    assert_eq!(shown(&old.fit().unwrap(), "2026-03-02T12:00:00Z", 1), ["2026-03-03T07:00"]);
}

#[test]
fn g2_what_never_comes_true_is_given_up_and_there_is_nothing_behind_the_year_2199() {
    for never in ["FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30", "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"] {
        assert_eq!(shown(&rule(never), "2026-03-02T12:00:00Z", 1), [""; 0]);
    }
    let daily = rule("FREQ=DAILY");
    assert_eq!(shown(&daily, "9999-12-31T00:00:00Z", 1), [""; 0]);
    assert_eq!(shown(&daily, "2199-12-30T12:00:00Z", 9), ["2199-12-31T07:00"]);
}

#[test]
fn g3_a_shut_day_is_left_out_or_another_takes_its_place() {
    let (hours, after) = (office(), at("2026-04-01T12:00:00Z"));
    let by = |rrule: &str, closed_day| {
        let rule = rule(rrule);
        let schedule = Schedule { rule: &rule, calendar: Some((&hours, closed_day)) };
        texts(schedule.after(after, 3))
    };
    let mondays = "FREQ=WEEKLY;BYDAY=MO";
    assert_eq!(
        by(mondays, ClosedDay::Skip),
        ["2026-04-13T06:00", "2026-04-20T06:00", "2026-04-27T06:00"]
    );
    assert_eq!(by(mondays, ClosedDay::NextOpen)[..2], ["2026-04-07T06:00", "2026-04-13T06:00"]);
    assert_eq!(by(mondays, ClosedDay::PreviousOpen)[..2], ["2026-04-03T06:00", "2026-04-13T06:00"]);
    let saturdays = "FREQ=WEEKLY;BYDAY=SA";
    assert_eq!(by(saturdays, ClosedDay::Skip), ["2026-04-11T06:00"]);
}

#[test]
fn g3_occurrences_on_the_same_instant_are_one() {
    let (hours, daily) = (office(), rule("FREQ=DAILY"));
    let next = Schedule { rule: &daily, calendar: Some((&hours, ClosedDay::NextOpen)) };
    assert_eq!(
        texts(next.after(at("2026-04-02T12:00:00Z"), 3)),
        ["2026-04-03T06:00", "2026-04-07T06:00", "2026-04-08T06:00"]
    );
}

#[test]
fn g3_a_calendar_that_is_never_open_leaves_nothing() {
    let shut = HoursDraft { zone: "Europe/Berlin".to_owned(), ..HoursDraft::default() };
    let (hours, daily) = (Hours::from(&shut.fit().unwrap()), rule("FREQ=DAILY"));
    for closed_day in [ClosedDay::Skip, ClosedDay::NextOpen, ClosedDay::PreviousOpen] {
        let never = Schedule { rule: &daily, calendar: Some((&hours, closed_day)) };
        assert!(never.after(at("2026-04-02T12:00:00Z"), 1).is_empty());
    }
}

#[test]
fn what_comes_next_does_not_depend_on_how_many_are_asked_for() {
    let hours = office();
    for rrule in ["FREQ=DAILY", "FREQ=MONTHLY;BYDAY=-1SU", "FREQ=WEEKLY;BYDAY=SA,SU,MO"] {
        let rule = rule(rrule);
        for closed_day in [ClosedDay::Skip, ClosedDay::NextOpen, ClosedDay::PreviousOpen] {
            let it = Schedule { rule: &rule, calendar: Some((&hours, closed_day)) };
            let all = it.after(at("2026-03-03T12:00:00Z"), 40);
            assert!(all.is_sorted() && !all.is_empty() || rrule.contains("-1SU"));
            let mut last = at("2026-03-03T12:00:00Z");
            for expected in all {
                assert_eq!(it.after(last, 1), [expected], "{rrule} {closed_day} after {last}");
                last = expected;
            }
        }
    }
}
