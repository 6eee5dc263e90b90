//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod define;
mod laws;
mod redefine;
mod retire;

use crate::custom_field::command::Define;
use crate::custom_field::event::{Defined, Retired};
use crate::custom_field::{CustomFieldCommand, CustomFieldEvent, FieldForm};
use crate::kernel::testing::{self, Given};
use crate::ticket::TicketKind;

fn given(events: impl IntoIterator<Item = CustomFieldEvent>) -> Given<CustomFieldCommand> {
    testing::given(events)
}

/// A colour, chosen.
fn define() -> Define {
    Define {
        name: "Colour".to_owned(),
        kinds: [TicketKind::Incident].into(),
        form: FieldForm::Select,
        choices: vec!["Red".to_owned(), "Blue".to_owned()],
        client_visible: true,
    }
}

fn defined() -> CustomFieldEvent {
    let Define { name, kinds, form, choices, client_visible } = define();
    CustomFieldEvent::Defined(Defined { name, kinds, form, choices, client_visible })
}

fn retired() -> CustomFieldEvent {
    CustomFieldEvent::Retired(Retired {})
}
