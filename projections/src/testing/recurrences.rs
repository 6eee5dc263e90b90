//! Two recurrences: one that opened a ticket and is defined anew, one that is stopped.

use domain::Fact;
use domain::kernel::RecurrenceId;
use domain::recurrence::event::{Defined, Definition, Opened, PassedOver, Stopped};
use domain::recurrence::{ClosedDay, Missed, RecurrenceEvent, RuleDraft, Why};
use uuid::Uuid;

use super::desk::TEMPLATE;
use super::{AGENT, TICKET, at};

pub(crate) const RECURRENCE: RecurrenceId = RecurrenceId(Uuid::from_u128(0xe7));
pub(crate) const STOPPED: RecurrenceId = RecurrenceId(Uuid::from_u128(0xe8));

/// What happened to them, in order.
pub(super) fn recurrences() -> Vec<Fact> {
    let opened = Opened { occurrence: at(5_000), ticket: TICKET };
    let passed = PassedOver { occurrence: at(9_000), count: 2, why: Why::Missed, code: None };
    vec![
        Fact::Recurrence(RECURRENCE, defined("Restore test", "FREQ=WEEKLY")),
        Fact::Recurrence(RECURRENCE, RecurrenceEvent::Opened(opened)),
        Fact::Recurrence(STOPPED, defined("Backup check", "FREQ=DAILY")),
        Fact::Recurrence(RECURRENCE, RecurrenceEvent::PassedOver(passed)),
        Fact::Recurrence(STOPPED, RecurrenceEvent::Stopped(Stopped {})),
        Fact::Recurrence(RECURRENCE, defined("Restore test", "FREQ=DAILY")),
    ]
}

fn defined(name: &str, rrule: &str) -> RecurrenceEvent {
    let draft = RuleDraft {
        rrule: rrule.to_owned(),
        at: "08:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        from: "2026-03-02".parse().unwrap(),
        until: None,
    };
    let definition = Definition {
        name: name.to_owned(),
        template: TEMPLATE,
        unit: None,
        subject: None,
        priority: None,
        requester: AGENT,
        rule: draft.fit().unwrap(),
        calendar: None,
        closed_day: ClosedDay::Skip,
        missed: Missed::All,
    };
    RecurrenceEvent::Defined(Box::new(Defined { definition, since: at(0) }))
}
