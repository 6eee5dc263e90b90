//! The person's verbs: a table of contents.

pub use super::decide::change_password::ChangePassword;
pub use super::decide::register::Register;
use super::event::PersonEvent;
use super::refusal::PersonRefusal;
use super::state::Person;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs, Personal};

/// What can be asked of a person.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum PersonCommand {
    Register(Box<Register>),
    ChangePassword(ChangePassword),
}

impl Command for PersonCommand {
    type State = Person;
    type Event = PersonEvent;
    type Refusal = PersonRefusal;

    fn needs(&self, _person: &Person) -> Needs {
        match self {
            Self::Register(c) => c.needs(),
            Self::ChangePassword(_) => Needs::default(),
        }
    }

    fn decide(self, person: &Person, cx: &Context) -> Result<Vec<PersonEvent>, PersonRefusal> {
        match self {
            Self::Register(c) => c.decide(person, cx),
            Self::ChangePassword(c) => c.decide(person, cx),
        }
    }

    fn claims(event: &PersonEvent) -> Vec<ClaimChange> {
        let PersonEvent::Registered(registered) = event else { return Vec::new() };
        let hold = |scope, text: &Personal<String>| {
            let key = ClaimKey::Personal(text.value()?.to_lowercase());
            Some(ClaimChange::Hold { scope, key })
        };
        hold("person.login", &registered.login)
            .into_iter()
            .chain(registered.email.as_ref().and_then(|email| hold("person.email", email)))
            .collect()
    }
}
