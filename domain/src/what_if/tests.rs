//! V1 to V3.

use std::collections::BTreeMap;

use chrono::{DateTime, TimeDelta, TimeZone, Utc};
use strum::IntoEnumIterator;
use uuid::Uuid;

use super::{
    Compared, Difference, NEW_CALENDAR, Question, Supposition, Totals, Unfit, Verdict, Wish,
};
use crate::calendar::{self, HoursDraft, OpeningHours, Weekday, WeeklyDraft, WeeklyHours};
use crate::kernel::testing::world::{ANNA, CLEO, DESK, NETWORK, OFFICE, noon};
use crate::kernel::{CalendarFacts, CalendarId, DataSubject, Facts, Personal, SlaPlanId};
use crate::report::Case;
use crate::sla::stopwatch::Supposed;
use crate::sla::{CalendarVersion, ChangePolicy, ClockKind, ClockTerms, Hours, Terms};
use crate::sla_plan::command::{Define, WantedClock, WantedTargets};
use crate::ticket::event::{Assigned, Cancelled, Opened, Prioritized, Resolved, WorkStarted};
use crate::ticket::{Priority, TicketEvent, TicketKind};

const DEADLINE: usize = 2;

fn t(seconds: i64) -> DateTime<Utc> {
    noon() + TimeDelta::seconds(seconds)
}

fn terms(deadline: u32) -> Terms {
    let clock = |limit_seconds| ClockTerms {
        limit_seconds,
        calendar: None,
        pause_states: [].into(),
        thresholds: [].into(),
    };
    Terms {
        plan: SlaPlanId(Uuid::nil()),
        plan_version: 1,
        policy: ChangePolicy::Restate,
        reaction: clock(0),
        work: clock(0),
        deadline: clock(deadline),
    }
}

fn opened(terms: Option<Terms>) -> TicketEvent {
    TicketEvent::Opened(Box::new(Opened {
        number: "INC-1".to_owned(),
        kind: TicketKind::Incident,
        title: Personal::of(DataSubject::Person(CLEO), "No mail".to_owned()),
        description: None,
        subject: None,
        priority: Priority::Normal,
        impact: None,
        urgency: None,
        requester: CLEO,
        author: ANNA,
        unit: Some(DESK),
        assignees: [].into(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: terms.map(Box::new),
        deadline_at: None,
    }))
}

/// Opened at 0, and what happened then.
fn case(terms: Option<Terms>, events: &[(i64, TicketEvent)]) -> Case {
    let mut case = Case::default();
    case.fold(1, t(0), None, &opened(terms));
    for ((stamp, event), sequence) in events.iter().zip(2..) {
        case.fold(sequence, t(*stamp), None, event);
    }
    case
}

fn resolved() -> TicketEvent {
    TicketEvent::Resolved(Resolved { code: None, solution: None })
}

/// Of tickets opened on that day, as they stand at 1,000, under this deadline.
fn question(deadline: u32) -> Question {
    Question {
        supposed: Supposed::Plan(Priority::iter().map(|it| (it, terms(deadline))).collect()),
        from: t(0),
        to: t(86_400),
        at: t(1_000),
        units: None,
        priority: None,
    }
}

fn compared(case: &Case, question: &Question) -> [Compared; 3] {
    let supposed = question.course(case);
    let known: BTreeMap<CalendarVersion, Hours> = BTreeMap::new();
    assert!(question.calendars(case, &supposed).is_empty());
    question.compare(case, &supposed, &known).unwrap()
}

fn deadline(case: &Case, limit: u32) -> (Verdict, Verdict, Difference) {
    let it = compared(case, &question(limit))[DEADLINE];
    assert_eq!(it.clock, ClockKind::Deadline);
    (it.real, it.supposed, it.difference())
}

#[test]
fn v2_newly_breached_is_what_only_the_supposed_terms_breach() {
    let done = case(Some(terms(600)), &[(500, resolved())]);
    let open = case(Some(terms(2_000)), &[]);
    let free = case(None, &[(500, resolved())]);
    let expect = |real| (real, Verdict::Breached, Difference::NewlyBreached);
    assert_eq!(deadline(&done, 499), expect(Verdict::Met));
    assert_eq!(deadline(&open, 999), expect(Verdict::Open));
    assert_eq!(deadline(&free, 499), expect(Verdict::Unmeasured));
    // Equal is met (S4).
    assert_eq!(deadline(&done, 500), (Verdict::Met, Verdict::Met, Difference::Unchanged));
}

#[test]
fn v2_newly_met_is_what_only_the_real_terms_breach() {
    let late = case(Some(terms(400)), &[(500, resolved())]);
    let open = case(Some(terms(999)), &[]);
    let expect = |supposed| (Verdict::Breached, supposed, Difference::NewlyMet);
    assert_eq!(deadline(&late, 500), expect(Verdict::Met));
    assert_eq!(deadline(&open, 1_000), expect(Verdict::Open));
    assert_eq!(deadline(&late, 0), expect(Verdict::Unmeasured));
    let both = (Verdict::Breached, Verdict::Breached, Difference::Unchanged);
    assert_eq!(deadline(&late, 1), both);
}

#[test]
fn v1_of_the_period_the_units_and_the_priority_and_never_what_has_no_outcome() {
    let forward = Assigned { unit: Some(NETWORK), assignees: [].into(), note: None, routing: None };
    let urgent = Prioritized { priority: Priority::High, impact: None, urgency: None };
    let events = [
        (100, TicketEvent::WorkStarted(WorkStarted { holder: ANNA })),
        (200, TicketEvent::Prioritized(urgent)),
        (1_001, TicketEvent::Assigned(forward)),
    ];
    let case = case(Some(terms(400)), &events);
    let asks = |change: &dyn Fn(&mut Question)| {
        let mut question = question(400);
        change(&mut question);
        question.is_about(&case)
    };
    assert!(asks(&|_| ()));
    assert!(!asks(&|it| it.to = t(0)) && !asks(&|it| it.from = t(1)));
    assert!(asks(&|it| it.units = Some([DESK].into())));
    assert!(!asks(&|it| it.units = Some([NETWORK].into())));
    assert!(asks(&|it| (it.units, it.at) = (Some([NETWORK].into()), t(1_001))));
    assert!(asks(&|it| it.priority = Some(Priority::High)));
    assert!(!asks(&|it| it.priority = Some(Priority::Normal)));
    assert!(!asks(&|it| it.at = t(-1)));
    let gone = self::case(Some(terms(400)), &[(900, TicketEvent::Cancelled(Cancelled {}))]);
    assert!(!question(400).is_about(&gone));
    assert!(Question { at: t(899), ..question(400) }.is_about(&gone));
    assert!(!question(400).is_about(&Case::default()));
}

#[test]
fn v3_totals_count_each_clock_and_the_seconds_where_both_measure() {
    let longer = case(Some(terms(400)), &[(500, resolved())]);
    let free = case(None, &[(700, resolved())]);
    let mut all = Totals::default();
    let mut some = Totals::default();
    all.add(&compared(&longer, &question(600)));
    some.add(&compared(&free, &question(600)));
    all.extend(&some);
    assert_eq!(all.tickets, 2);
    let it = all.of(ClockKind::Deadline);
    assert_eq!((it.newly_met, it.newly_breached, it.unchanged), (1, 1, 0));
    assert_eq!((it.was_unmeasured, it.would_be_unmeasured), (1, 0));
    assert_eq!((it.breached_real, it.breached_supposed), (1, 1));
    assert_eq!((it.seconds_real, it.seconds_supposed, it.seconds_difference()), (500, 500, 0));
    assert_eq!(all.of(ClockKind::Work), &super::ClockTotals::default());
    let [.., free] = compared(&free, &question(600));
    assert_eq!((free.seconds_real, free.seconds_supposed), (None, Some(700)));
}

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
