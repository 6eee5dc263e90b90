//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use crate::access::model::{Granted, Scope};
use crate::access_template::event::{Definition, Item, Retired};
use crate::access_template::{AccessTemplateCommand, AccessTemplateEvent};
use crate::kernel::testing::access::{AGENT, KEEPER};
use crate::kernel::testing::{self, Given};

fn given(events: impl IntoIterator<Item = AccessTemplateEvent>) -> Given<AccessTemplateCommand> {
    testing::given(events)
}

fn item(what: Granted) -> Item {
    Item { what, scope: Scope::Everywhere, hours: None }
}

/// What somebody new is given: for good, and for two days.
fn newcomer() -> Definition {
    Definition {
        name: "Newcomer".to_owned(),
        items: vec![
            item(Granted::Role(AGENT)),
            Item { hours: Some(48), ..item(Granted::Role(KEEPER)) },
        ],
    }
}

fn defined() -> AccessTemplateEvent {
    AccessTemplateEvent::Defined(Box::new(newcomer()))
}

fn retired() -> AccessTemplateEvent {
    AccessTemplateEvent::Retired(Retired {})
}
