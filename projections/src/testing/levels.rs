//! A calendar and a service level plan, each defined twice.

use domain::Fact;
use domain::calendar::{CalendarEvent, HoursDraft, Weekday, WeeklyDraft, event as calendar};
use domain::kernel::{CalendarId, SlaPlanId};
use domain::sla::{ChangePolicy, PauseState};
use domain::sla_plan::event::{Clock, Clocks, Defined, Targets, Threshold};
use domain::sla_plan::{EscalationAction, SlaPlanEvent};
use domain::ticket::Priority;
use uuid::Uuid;

pub(crate) const CALENDAR: CalendarId = CalendarId(Uuid::from_u128(0xe5));
pub(crate) const PLAN: SlaPlanId = SlaPlanId(Uuid::from_u128(0xe6));

/// What happened to them, in order.
pub(super) fn levels() -> Vec<Fact> {
    let gold = SlaPlanEvent::Defined(Box::new(plan("Gold")));
    let renamed = SlaPlanEvent::Defined(Box::new(plan("Platinum")));
    vec![
        Fact::Calendar(CALENDAR, office(&["2026-12-25"])),
        Fact::SlaPlan(PLAN, gold),
        Fact::Calendar(CALENDAR, office(&["2026-12-25", "2026-12-26"])),
        Fact::SlaPlan(PLAN, renamed),
    ]
}

fn office(holidays: &[&str]) -> CalendarEvent {
    let monday =
        WeeklyDraft { weekday: Weekday::Monday, opens: "08:00".into(), closes: "24:00".into() };
    let draft = HoursDraft {
        zone: "Europe/Berlin".to_owned(),
        weekly: vec![monday],
        holidays: holidays.iter().map(|date| date.parse().unwrap()).collect(),
        extra_days: Vec::new(),
    };
    let hours = draft.fit().unwrap();
    CalendarEvent::Defined(Box::new(calendar::Defined { name: "Office".to_owned(), hours }))
}

/// The plan of this name.
pub(crate) fn plan(name: &str) -> Defined {
    let targets = Targets { reaction_seconds: 300, work_seconds: 0, deadline_seconds: 7_200 };
    let priorities = [Priority::Critical, Priority::High, Priority::Normal, Priority::Low];
    let clock = |calendar, actions| Clock {
        calendar,
        pause_states: [PauseState::Pending].into(),
        thresholds: vec![Threshold { percent: 100, actions }],
    };
    Defined {
        name: name.to_owned(),
        policy: ChangePolicy::CarryOver,
        targets: priorities.map(|priority| (priority, targets)).into(),
        clocks: Clocks {
            reaction: clock(None, vec![EscalationAction::RaisePriority]),
            work: clock(None, Vec::new()),
            deadline: clock(Some(CALENDAR), Vec::new()),
        },
    }
}
