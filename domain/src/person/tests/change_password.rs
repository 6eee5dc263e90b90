//! P5

use super::{cleo_is_registered, given, registered};
use crate::kernel::Command;
use crate::person::command::ChangePassword;
use crate::person::event::PasswordChanged;
use crate::person::{Person, PersonCommand, PersonEvent, PersonRefusal};

fn change(must_change: bool) -> PersonCommand {
    PersonCommand::ChangePassword(ChangePassword { must_change })
}

fn changed(must_change: bool) -> PersonEvent {
    PersonEvent::PasswordChanged(PasswordChanged { must_change })
}

#[test]
fn p5_that_it_changed_is_history_and_that_it_serves_once() {
    let history = [registered(cleo_is_registered())];
    let person = given(history.clone()).when(change(true)).then([changed(true)]).state();
    assert!(person.0.unwrap().must_change_password);
    let history = [history.as_slice(), &[changed(true)]].concat();
    let person = given(history).when(change(false)).then([changed(false)]).state();
    assert!(!person.0.unwrap().must_change_password);
    assert!(PersonCommand::claims(&Person::default(), &changed(true)).is_empty());
}

#[test]
fn p5_nobody_has_no_password() {
    given([]).when(change(false)).refused(PersonRefusal::NotFound);
}
