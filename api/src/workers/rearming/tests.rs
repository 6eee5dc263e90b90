//! Which terms are older than what is newest.

use std::collections::BTreeMap;
use std::slice;

use domain::kernel::{CalendarFacts, CalendarId, Facts, PlanFacts, SlaPlanId, TicketId};
use domain::sla::{CalendarVersion, ChangePolicy, ClockTerms, Terms};
use domain::sla_plan::event::{Clock, Clocks, Defined};
use projections::tickets::measured::Measured;
use uuid::Uuid;

use super::newest::Newest;
use super::stale::{Newer, Stamped};

const PLAN: SlaPlanId = SlaPlanId(Uuid::from_u128(1));
const OFFICE: CalendarId = CalendarId(Uuid::from_u128(2));
const NIGHTS: CalendarId = CalendarId(Uuid::from_u128(3));

fn stamped(plan_version: i64, office: i64, nights: Option<i64>) -> Stamped {
    let clock = |calendar: Option<CalendarVersion>| ClockTerms {
        limit_seconds: 60,
        calendar,
        pause_states: [].into(),
        thresholds: [100].into(),
    };
    let terms = Terms {
        plan: PLAN,
        plan_version,
        policy: ChangePolicy::Restate,
        reaction: clock(None),
        work: clock(nights.map(|version| CalendarVersion { id: NIGHTS, version })),
        deadline: clock(Some(CalendarVersion { id: OFFICE, version: office })),
    };
    Stamped::from(Measured { ticket: TicketId(Uuid::from_u128(7)), version: 4, terms })
}

fn newest(plan: i64, calendars: [(CalendarId, i64); 2]) -> Newest {
    let clock = || Clock { calendar: None, pause_states: [].into(), thresholds: Vec::new() };
    let definition = Defined {
        name: "Gold".to_owned(),
        policy: ChangePolicy::Restate,
        targets: BTreeMap::new(),
        clocks: Clocks { reaction: clock(), work: clock(), deadline: clock() },
    };
    let calendars = calendars.map(|(id, version)| (id, CalendarFacts { version }));
    Newest(Facts {
        plans: [(PLAN, PlanFacts { version: plan, definition })].into(),
        calendars: calendars.into(),
        ..Facts::default()
    })
}

#[test]
fn s8_terms_are_behind_a_newer_plan_or_any_newer_calendar_of_theirs() {
    let desk = newest(2, [(OFFICE, 5), (NIGHTS, 3)]);
    let newer = |it: &Stamped| desk.ahead_of(slice::from_ref(it)).pop().map(|stale| stale.newer);
    assert_eq!(newer(&stamped(2, 5, Some(3))), None);
    assert_eq!(newer(&stamped(1, 5, Some(3))), Some(Newer::Plan(PLAN, 2)));
    assert_eq!(newer(&stamped(2, 4, Some(3))), Some(Newer::Calendar(OFFICE, 5)));
    assert_eq!(newer(&stamped(2, 5, Some(1))), Some(Newer::Calendar(NIGHTS, 3)));
    assert_eq!(newer(&stamped(1, 4, Some(1))), Some(Newer::Plan(PLAN, 2)), "one is enough");
    assert_eq!(newer(&stamped(2, 5, None)), None, "a calendar of others");
}

#[test]
fn s8_nobody_goes_back_to_older_terms() {
    // Whoever looked before them says less.
    let desk = newest(1, [(OFFICE, 4), (NIGHTS, 3)]);
    assert!(desk.ahead_of(&[stamped(2, 5, Some(3))]).is_empty());
    assert!(Newest(Facts::default()).ahead_of(&[stamped(1, 1, None)]).is_empty(), "nor to none");
}

#[test]
fn only_the_newest_edit_is_looked_after() {
    let desk = newest(2, [(OFFICE, 5), (NIGHTS, 3)]);
    assert!(desk.is(Newer::Plan(PLAN, 2)) && desk.is(Newer::Calendar(OFFICE, 5)));
    assert!(!desk.is(Newer::Plan(PLAN, 1)) && !desk.is(Newer::Calendar(OFFICE, 4)));
}
