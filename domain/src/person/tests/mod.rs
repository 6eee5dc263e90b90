//! Given, when, then: one file a verb, one test a rule; besides them the laws.

mod appoint_deputy;
mod assign_tier;
mod attributes;
mod certify_skill;
mod change_contacts;
mod change_organization;
mod change_password;
mod change_role;
mod choose_language;
mod dismiss_deputy;
mod laws;
mod leave;
mod link_account;
mod moving;
mod register;
mod rename;
mod restore;
mod suspend;
mod take_position;
mod withdraw_skill;

use crate::kernel::testing::world::{ANNA, CLEO, HEIDI};
use crate::kernel::testing::{self, Given};
use crate::kernel::{DataSubject, Personal};
use crate::person::event::{Left, Registered, SkillCertified, Suspended};
use crate::person::{PersonCommand, PersonEvent, PersonRefusal, Role};

fn given(events: impl IntoIterator<Item = PersonEvent>) -> Given<PersonCommand> {
    testing::given(events).by(HEIDI)
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

/// Cleo, as above.
fn a_client() -> Vec<PersonEvent> {
    vec![registered(cleo_is_registered())]
}

/// Anna, an agent.
fn an_agent() -> Vec<PersonEvent> {
    vec![registered(Registered {
        login: annas("Anna"),
        name: annas("Anna Agent"),
        kind: Role::Agent.kind(),
        role: Role::Agent,
        ..cleo_is_registered()
    })]
}

/// Anna's, sealed under her key.
fn annas(text: &str) -> Personal<String> {
    Personal::of(DataSubject::Person(ANNA), text.to_owned())
}

fn is_certified(skill: &str) -> PersonEvent {
    let skill = skill.to_owned();
    PersonEvent::SkillCertified(SkillCertified { skill, level: 1, certified_until: None })
}

fn suspended() -> PersonEvent {
    PersonEvent::Suspended(Suspended {})
}

fn left() -> PersonEvent {
    PersonEvent::Left(Left {})
}

/// P1, P13: the verb meets neither an unknown person nor one who left.
fn needs_somebody(command: PersonCommand) {
    given([]).when(command.clone()).refused(PersonRefusal::NotFound);
    given([an_agent(), vec![left()]].concat()).when(command).refused(PersonRefusal::Left);
}

/// P9, P10, P11: the verb is for staff.
fn is_for_staff(command: PersonCommand) {
    given(a_client()).when(command).refused(PersonRefusal::StaffOnly);
}
