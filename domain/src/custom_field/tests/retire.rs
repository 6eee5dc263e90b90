//! F4

use super::{defined, given, retired};
use crate::custom_field::command::Retire;
use crate::custom_field::{CustomFieldCommand, CustomFieldRefusal};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn retire() -> CustomFieldCommand {
    CustomFieldCommand::Retire(Retire {})
}

#[test]
fn f4_it_is_over_and_its_name_is_free() {
    let field = given([defined()]).when(retire()).then([retired()]).state();
    assert!(field.body().unwrap().retired);
    let mut before = crate::custom_field::CustomField::default();
    before.evolve(defined());
    let key = ClaimKey::Plain("colour".to_owned());
    assert_eq!(
        CustomFieldCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "custom_field.name", key }]
    );
}

#[test]
fn f4_retiring_twice_changes_nothing() {
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(CustomFieldRefusal::NotFound);
}
