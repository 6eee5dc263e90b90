//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod change_password;
mod laws;
mod register;

use crate::kernel::testing::world::CLEO;
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, Personal};
use crate::person::event::Registered;
use crate::person::{PersonCommand, PersonEvent, Role};

fn given(events: impl IntoIterator<Item = PersonEvent>) -> Given<PersonCommand> {
    testing::given(events)
}

/// Cleo's, sealed under her key.
fn cleos(text: &str) -> Personal<String> {
    Personal::of(DataSubject::Person(CLEO), text.to_owned())
}

/// Cleo as a client, with nothing but login and name.
fn cleo_is_registered() -> Registered {
    Registered {
        login: cleos("Cleo"),
        name: cleos("Cleo Client"),
        email: None,
        phone: None,
        kind: Role::Client.kind(),
        role: Role::Client,
        organization: None,
    }
}

fn registered(registered: Registered) -> PersonEvent {
    PersonEvent::Registered(Box::new(registered))
}
