//! P1, P2, P3, P4

use strum::IntoEnumIterator;

use super::{cleo_is_registered, cleos, given, registered};
use crate::kernel::testing::world::{CLEO, CLOSED_CUSTOMER, CUSTOMER, DESK, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};
use crate::person::command::Register;
use crate::person::event::Registered;
use crate::person::{Person, PersonCommand, PersonKind, PersonRefusal, Role};

fn register() -> Register {
    Register {
        id: CLEO,
        login: " Cleo ".to_owned(),
        name: "Cleo Client".to_owned(),
        email: None,
        phone: None,
        role: Role::Client,
        organization: None,
    }
}

fn command(register: Register) -> PersonCommand {
    PersonCommand::Register(Box::new(register))
}

#[test]
fn p1_a_login_and_a_name_are_enough_and_are_the_persons_own() {
    let outcome = given([]).when(command(register()));
    let person = outcome.then([registered(cleo_is_registered())]).state();
    assert_eq!(
        person.0.map(|body| (body.role, body.must_change_password)),
        Some((Role::Client, false))
    );
}

#[test]
fn p1_everything_personal_is_sealed_under_the_same_key() {
    let (email, phone) = (Some("cleo@example.org".to_owned()), Some("+1 555 0100".to_owned()));
    let all = Register { email, phone, organization: Some(CUSTOMER), ..register() };
    given([]).when(command(all)).then([registered(Registered {
        email: Some(cleos("cleo@example.org")),
        phone: Some(cleos("+1 555 0100")),
        organization: Some(CUSTOMER),
        ..cleo_is_registered()
    })]);
}

#[test]
fn p1_a_person_is_registered_once() {
    let history = [registered(cleo_is_registered())];
    given(history).when(command(register())).refused(PersonRefusal::Exists);
}

#[test]
fn p1_texts_have_bounds() {
    let refused = |register, refusal| given([]).when(command(register)).refused(refusal);
    let unfit = |field, fault| PersonRefusal::TextUnfit { field, fault };
    refused(Register { login: " ".to_owned(), ..register() }, unfit("login", TextFault::Empty));
    let long = || "x".repeat(201);
    refused(Register { login: long(), ..register() }, unfit("login", TextFault::TooLong(100)));
    refused(Register { name: long(), ..register() }, unfit("name", TextFault::TooLong(200)));
    refused(
        Register { name: "a\u{0}".to_owned(), ..register() },
        unfit("name", TextFault::Control),
    );
    refused(
        Register { phone: Some(long()), ..register() },
        unfit("phone", TextFault::TooLong(100)),
    );
    refused(Register { login: "cleo client".to_owned(), ..register() }, PersonRefusal::LoginUnfit);
    let email = Some("cleo.example.org".to_owned());
    refused(Register { email, ..register() }, PersonRefusal::EmailUnfit);
}

#[test]
fn p2_login_and_email_are_claimed_whatever_their_case() {
    let email = Some(cleos("Cleo@Example.org"));
    let event = registered(Registered { email, ..cleo_is_registered() });
    let hold =
        |scope, key: &str| ClaimChange::Hold { scope, key: ClaimKey::Personal(key.to_owned()) };
    assert_eq!(
        PersonCommand::claims(&Person::default(), &event),
        [hold("person.login", "cleo"), hold("person.email", "cleo@example.org")]
    );
}

#[test]
fn p3_the_role_says_which_kind_of_person_it_is() {
    let clients = [Role::Client, Role::ClientGroupLead];
    for role in Role::iter() {
        let outcome = given([]).when(command(Register { role, ..register() }));
        let kind = if clients.contains(&role) { PersonKind::Client } else { PersonKind::Staff };
        outcome.then([registered(Registered { role, kind, ..cleo_is_registered() })]);
    }
}

#[test]
fn p4_only_clients_belong_to_an_organisation() {
    for (role, unit) in [
        (Role::Agent, CUSTOMER),
        (Role::Client, DESK),
        (Role::Client, NOWHERE),
        (Role::Client, CLOSED_CUSTOMER),
    ] {
        let register = Register { role, organization: Some(unit), ..register() };
        given([]).when(command(register)).refused(PersonRefusal::OrganizationUnfit);
    }
    assert_eq!(PersonRefusal::OrganizationUnfit.code(), "PERSON_ORGANIZATION_UNFIT");
}
