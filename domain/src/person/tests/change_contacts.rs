//! P2, P7

use super::{an_agent, annas, given, left, needs_somebody, registered};
use crate::kernel::testing::world::ANNA;
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Personal};
use crate::person::command::ChangeContacts;
use crate::person::event::ContactsChanged;
use crate::person::{Person, PersonCommand, PersonEvent, PersonRefusal};

fn change(email: Option<&str>, phone: Option<&str>) -> PersonCommand {
    let (email, phone) = (email.map(str::to_owned), phone.map(str::to_owned));
    PersonCommand::ChangeContacts(ChangeContacts { person: ANNA, email, phone })
}

fn changed(email: Option<&str>, phone: Option<&str>) -> PersonEvent {
    let (email, phone) = (email.map(annas), phone.map(annas));
    PersonEvent::ContactsChanged(ContactsChanged { email, phone })
}

fn after(events: impl IntoIterator<Item = PersonEvent>) -> Person {
    let mut person = Person::default();
    an_agent().into_iter().chain(events).for_each(|event| person.evolve(event));
    person
}

fn hold(key: &str) -> ClaimChange {
    ClaimChange::Hold { scope: "person.email", key: ClaimKey::Personal(key.to_owned()) }
}

fn release(key: &str) -> ClaimChange {
    ClaimChange::Release { scope: "person.email", key: ClaimKey::Personal(key.to_owned()) }
}

#[test]
fn p7_contacts_change_and_are_given_up() {
    let (email, phone) = (Some("anna@example.org"), Some("+1 555 0100"));
    let person = given(an_agent()).when(change(email, phone)).then([changed(email, phone)]);
    assert_eq!(person.state(), after([changed(email, phone)]));
    let history = [an_agent(), vec![changed(email, phone)]].concat();
    given(history.clone()).when(change(email, phone)).nothing();
    given(history).when(change(None, None)).then([changed(None, None)]);
    needs_somebody(change(None, None));
}

#[test]
fn p7_contacts_have_bounds() {
    given(an_agent()).when(change(Some("anna"), None)).refused(PersonRefusal::EmailUnfit);
    let long = "@".repeat(201);
    let unfit = |field, max| PersonRefusal::TextUnfit { field, fault: TextFault::TooLong(max) };
    given(an_agent()).when(change(Some(&long), None)).refused(unfit("email", 200));
    given(an_agent()).when(change(None, Some(&long))).refused(unfit("phone", 100));
}

#[test]
fn p2_the_new_address_is_claimed_and_the_old_one_free() {
    let claims = |before: &Person, email| PersonCommand::claims(before, &changed(email, None));
    let (none, old) = (after([]), after([changed(Some("Old@example.org"), None)]));
    assert_eq!(claims(&none, Some("New@example.org")), [hold("new@example.org")]);
    assert_eq!(
        claims(&old, Some("New@example.org")),
        [release("old@example.org"), hold("new@example.org")]
    );
    assert_eq!(claims(&old, Some("old@example.org")), []);
    assert_eq!(claims(&old, None), [release("old@example.org")]);
    assert_eq!(claims(&none, None), []);
}

#[test]
fn p2_p13_whoever_leaves_keeps_the_login_and_frees_the_address() {
    let before = after([changed(Some("Anna@example.org"), None)]);
    assert_eq!(PersonCommand::claims(&before, &left()), [release("anna@example.org")]);
    assert_eq!(PersonCommand::claims(&after([]), &left()), []);
}

#[test]
fn p2_what_was_erased_claims_nothing() {
    let event = PersonEvent::ContactsChanged(ContactsChanged {
        email: Some(Personal::Erased),
        phone: None,
    });
    assert_eq!(PersonCommand::claims(&after([event.clone()]), &left()), []);
    assert_eq!(PersonCommand::claims(&after([]), &event), []);
    assert_eq!(
        PersonCommand::claims(&Person::default(), &registered(super::cleo_is_registered())).len(),
        1
    );
}
