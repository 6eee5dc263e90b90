//! What is supposed, and the example of the book.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeZone, Utc};
use strum::IntoEnumIterator;

use super::{opened, resolved, terms};
use crate::calendar::{self, HoursDraft, OpeningHours, Weekday, WeeklyDraft, WeeklyHours};
use crate::kernel::testing::world::{OFFICE, noon};
use crate::kernel::{CalendarFacts, CalendarId, Facts};
use crate::report::Case;
use crate::sla::stopwatch::Supposed;
use crate::sla::{CalendarVersion, ChangePolicy, Hours};
use crate::sla_plan::command::{Define, WantedClock, WantedTargets};
use crate::ticket::Priority;
use crate::what_if::{Difference, NEW_CALENDAR, Question, Supposition, Unfit, Wish};

/// `docs/how-to/what-if.md`
#[test]
fn the_worked_example_of_the_book() {
    let office = OpeningHours {
        zone: chrono_tz::Europe::Berlin,
        weekly: Weekday::iter().take(5).map(day).collect(),
        holidays: [].into(),
        extra_days: Vec::new(),
    };
    let plan = Define {
        name: "Office 6 h".to_owned(),
        policy: ChangePolicy::Restate,
        targets: Priority::iter().map(|priority| (priority, hours(6))).collect(),
        reaction: WantedClock::default(),
        work: WantedClock::default(),
        deadline: WantedClock { calendar: Some(NEW_CALENDAR), ..WantedClock::default() },
    };
    let draft = HoursDraft {
        zone: "Europe/Berlin".to_owned(),
        weekly: office.weekly.iter().map(drafted).collect(),
        ..HoursDraft::default()
    };
    let calendar = calendar::command::Define { name: "Office".to_owned(), hours: draft };
    let wish = Wish { plan: Some(Box::new(plan)), calendar: Some((NEW_CALENDAR, calendar)) };
    let supposition = wish.fit(Facts::default(), noon()).unwrap();
    let (version, hours) = supposition.hours.unwrap();
    assert_eq!(hours, office);
    let known = BTreeMap::from([(version, Hours::from(&hours))]);
    let end = at(31, 12, 0);
    let question = Question {
        supposed: supposition.supposed,
        from: at(1, 0, 0),
        to: end,
        at: end,
        units: None,
        priority: None,
    };
    let told = |opening, solved| {
        let mut case = Case::default();
        case.fold(1, opening, None, &opened(Some(terms(24 * 3_600))));
        case.fold(2, solved, None, &resolved());
        assert!(question.is_about(&case));
        let [.., it] = question.compare(&case, &question.course(&case), &known).unwrap();
        let minutes = [it.seconds_real, it.seconds_supposed].map(|seconds| seconds.unwrap() / 60);
        (minutes, it.difference())
    };
    let [monday, tuesday, friday, next] = [2, 3, 6, 9];
    assert_eq!(
        told(at(monday, 9, 0), at(tuesday, 11, 0)),
        ([26 * 60, 10 * 60], Difference::Unchanged)
    );
    assert_eq!(told(at(friday, 15, 0), at(next, 10, 0)), ([67 * 60, 3 * 60], Difference::NewlyMet));
    assert_eq!(told(at(monday, 9, 0), at(monday, 15, 30)), ([390, 390], Difference::NewlyBreached));
}

/// A day of March 2026 in Berlin, whose first is a Sunday, by the clock.
fn at(day: u32, hour: u32, minute: u32) -> DateTime<Utc> {
    let berlin = chrono_tz::Europe::Berlin;
    berlin.with_ymd_and_hms(2026, 3, day, hour, minute, 0).unwrap().to_utc()
}

fn day(weekday: Weekday) -> WeeklyHours {
    let [opens, closes] = ["08:00", "16:00"].map(|time| time.parse().unwrap());
    WeeklyHours { weekday, opens, closes }
}

fn drafted(hours: &WeeklyHours) -> WeeklyDraft {
    let (opens, closes) = (hours.opens.to_string(), hours.closes.to_string());
    WeeklyDraft { weekday: hours.weekday, opens, closes }
}

fn hours(hours: i64) -> WantedTargets {
    WantedTargets { reaction_seconds: 0, work_seconds: 0, deadline_seconds: hours * 3_600 }
}

/// A plan of which the deadline counts in this calendar.
fn wish(calendar: Option<CalendarId>) -> Wish {
    let plan = Define {
        name: "Gold".to_owned(),
        policy: ChangePolicy::Restate,
        targets: Priority::iter().map(|priority| (priority, hours(6))).collect(),
        reaction: WantedClock::default(),
        work: WantedClock::default(),
        deadline: WantedClock { calendar, ..WantedClock::default() },
    };
    Wish { plan: Some(Box::new(plan)), calendar: None }
}

fn shut(id: CalendarId) -> Option<(CalendarId, calendar::command::Define)> {
    let hours = HoursDraft { zone: "UTC".to_owned(), ..HoursDraft::default() };
    Some((id, calendar::command::Define { name: "Shut".to_owned(), hours }))
}

#[test]
fn a_wish_is_judged_as_a_plan_or_calendar_in_earnest() {
    let known =
        || Facts { calendars: [(OFFICE, CalendarFacts { version: 4 })].into(), ..Facts::default() };
    let fit = |wish: Wish| wish.fit(known(), noon());
    assert_eq!(fit(Wish::default()), Err(Unfit::Nothing));
    assert_eq!(wish(Some(OFFICE)).needs().calendars, [OFFICE].into());
    let Err(Unfit::Plan(refused)) = fit(wish(Some(NEW_CALENDAR))) else { panic!("no such") };
    assert_eq!((refused.code, refused.field), ("SLA_PLAN_CALENDAR_UNKNOWN", Some("clocks")));
    let calendar_of = |supposition: Result<Supposition, Unfit>| match supposition.unwrap().supposed
    {
        Supposed::Plan(terms) => terms[&Priority::Low].deadline.calendar,
        Supposed::Calendar(version) => Some(version),
    };
    let version = |version| Some(CalendarVersion { id: OFFICE, version });
    assert_eq!(calendar_of(fit(wish(Some(OFFICE)))), version(4));
    let both = |calendar| Wish { calendar: shut(OFFICE), ..wish(calendar) };
    assert_eq!(calendar_of(fit(both(Some(OFFICE)))), version(0));
    assert_eq!(fit(both(None)), Err(Unfit::CalendarUnused));
    let alone = |id| Wish { plan: None, calendar: shut(id) };
    assert_eq!(calendar_of(fit(alone(OFFICE))), version(0));
    assert_eq!(fit(alone(NEW_CALENDAR)), Err(Unfit::CalendarUnknown));
    let mut odd = alone(OFFICE);
    if let Some((_, define)) = &mut odd.calendar {
        "Mars".clone_into(&mut define.hours.zone);
    }
    let Err(Unfit::Calendar(refused)) = fit(odd) else { panic!("no such zone") };
    assert_eq!(refused.code, "CALENDAR_ZONE_UNKNOWN");
}
