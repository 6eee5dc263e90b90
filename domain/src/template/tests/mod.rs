//! Given, when, then: one file a verb, one test a rule.

mod define;
mod redefine;
mod retire;

use crate::kernel::testing::world::{DESK, MAIL};
use crate::kernel::testing::{self, Given};
use crate::template::event::{Content, Defined, Retired};
use crate::template::{TemplateCommand, TemplateEvent};
use crate::ticket::{Priority, TicketKind};

fn given(events: impl IntoIterator<Item = TemplateEvent>) -> Given<TemplateCommand> {
    testing::given(events)
}

fn content() -> Content {
    Content {
        kind: TicketKind::ServiceRequest,
        title: "A new laptop".to_owned(),
        description: Some("For whom?".to_owned()),
        subject: Some(MAIL),
        unit: Some(DESK),
        priority: Some(Priority::Low),
        tags: ["laptop".to_owned()].into(),
        client_visible: true,
    }
}

fn defined() -> TemplateEvent {
    TemplateEvent::Defined(Box::new(Defined { name: "Laptop".to_owned(), content: content() }))
}

fn retired() -> TemplateEvent {
    TemplateEvent::Retired(Retired {})
}
