//! Given, when, then: one file a verb, one test a rule; besides them what schedules say.

mod define;
mod open;
mod pass_over;
mod schedule;
mod stop;

use chrono::{DateTime, Utc};
use uuid::Uuid;

use crate::kernel::testing::world::HEIDI;
use crate::kernel::testing::{self, Given};
use crate::kernel::{Facts, TemplateFacts, TemplateId};
use crate::recurrence::event::{Defined, Definition, Opened, Stopped};
use crate::recurrence::{ClosedDay, Missed, RecurrenceCommand, RecurrenceEvent, Rule, RuleDraft};

/// A template.
const CHECKS: TemplateId = TemplateId(Uuid::from_u128(0x91));
/// One that is retired.
const OLD: TemplateId = TemplateId(Uuid::from_u128(0x92));

/// Heidi acts, and there are templates.
fn given(events: impl IntoIterator<Item = RecurrenceEvent>) -> Given<RecurrenceCommand> {
    let template = |retired| TemplateFacts { retired };
    let templates = [(CHECKS, template(false)), (OLD, template(true))].into();
    testing::given(events).by(HEIDI).knowing(Facts { templates, ..Facts::default() })
}

fn draft(rrule: &str) -> RuleDraft {
    RuleDraft {
        rrule: rrule.to_owned(),
        at: "08:00".to_owned(),
        zone: "Europe/Berlin".to_owned(),
        from: "2026-03-02".parse().unwrap(),
        until: None,
    }
}

fn rule(rrule: &str) -> Rule {
    draft(rrule).fit().unwrap()
}

/// Every day at eight, as of noon on 2 March 2026.
fn defined() -> RecurrenceEvent {
    RecurrenceEvent::Defined(Box::new(Defined {
        definition: definition(),
        since: at("2026-03-02T12:00:00Z"),
    }))
}

fn definition() -> Definition {
    Definition {
        name: "Backup check".to_owned(),
        template: CHECKS,
        unit: None,
        subject: None,
        priority: None,
        requester: HEIDI,
        rule: rule("FREQ=DAILY"),
        calendar: None,
        closed_day: ClosedDay::Skip,
        missed: Missed::All,
    }
}

fn opened(occurrence: &str) -> RecurrenceEvent {
    let ticket = crate::kernel::testing::tickets::THIS;
    RecurrenceEvent::Opened(Opened { occurrence: at(occurrence), ticket })
}

fn stopped() -> RecurrenceEvent {
    RecurrenceEvent::Stopped(Stopped {})
}

fn at(text: &str) -> DateTime<Utc> {
    text.parse().unwrap()
}
