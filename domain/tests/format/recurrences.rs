//! One event of each kind of recurrences.

use domain::kernel::TemplateId;
use domain::recurrence::event::{Defined, Definition, Opened, PassedOver, Stopped};
use domain::recurrence::{ClosedDay, Missed, RecurrenceEvent, RuleDraft, Why};
use domain::ticket::Priority;
use uuid::Uuid;

use super::samples::{CALENDAR, PARENT, PERSON, SUBJECT, UNIT, instant};

pub(crate) fn recurrences() -> [RecurrenceEvent; 4] {
    let rule = RuleDraft {
        rrule: "FREQ=WEEKLY;BYDAY=MO".to_owned(),
        at: "08:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        from: "2031-03-03".parse().expect("a date"),
        until: "2032-03-01".parse().ok(),
    };
    let definition = Definition {
        name: "Backup check".to_owned(),
        template: TemplateId(Uuid::from_u128(0x13)),
        unit: Some(UNIT),
        subject: Some(SUBJECT),
        priority: Some(Priority::Low),
        requester: PERSON,
        rule: rule.fit().expect("a rule"),
        calendar: Some(CALENDAR),
        closed_day: ClosedDay::NextOpen,
        missed: Missed::Latest,
    };
    [
        RecurrenceEvent::Defined(Box::new(Defined { definition, since: instant(0) })),
        RecurrenceEvent::Stopped(Stopped {}),
        RecurrenceEvent::Opened(Opened { occurrence: instant(0), ticket: PARENT }),
        RecurrenceEvent::PassedOver(PassedOver {
            occurrence: instant(0),
            count: 1,
            why: Why::Refused,
            code: Some("TEMPLATE_RETIRED".to_owned()),
        }),
    ]
}
