//! F1, F2, F3, F4

use super::{define, defined, given, retired};
use crate::custom_field::command::{Define, Redefine};
use crate::custom_field::event::Redefined;
use crate::custom_field::{CustomFieldCommand, CustomFieldEvent, CustomFieldRefusal, FieldForm};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn redefine() -> Redefine {
    let Define { name, kinds, choices, client_visible, .. } = define();
    Redefine { name, kinds, choices, client_visible }
}

fn command(redefine: Redefine) -> CustomFieldCommand {
    CustomFieldCommand::Redefine(redefine)
}

fn renamed(name: &str) -> CustomFieldEvent {
    let Redefine { kinds, choices, client_visible, .. } = redefine();
    let name = name.to_owned();
    CustomFieldEvent::Redefined(Redefined { name, kinds, choices, client_visible })
}

#[test]
fn f3_everything_but_its_form_is_said_anew() {
    let command = command(Redefine { name: " Paint ".to_owned(), ..redefine() });
    let field = given([defined()]).when(command).then([renamed("Paint")]).state();
    let body = field.body().unwrap();
    assert_eq!((body.name.as_str(), body.form), ("Paint", FieldForm::Select));
}

#[test]
fn f3_the_same_again_changes_nothing() {
    given([defined()]).when(command(redefine())).nothing();
}

#[test]
fn f3_the_other_name_is_claimed_and_the_old_one_free() {
    let field = given([defined()]).when(command(redefine())).state();
    let key = |name: &str| ClaimKey::Plain(name.to_owned());
    let scope = "custom_field.name";
    assert_eq!(
        CustomFieldCommand::claims(&field, &renamed("Paint")),
        [
            ClaimChange::Release { scope, key: key("colour") },
            ClaimChange::Hold { scope, key: key("paint") },
        ]
    );
    assert!(CustomFieldCommand::claims(&field, &renamed("COLOUR")).is_empty());
}

#[test]
fn f1_f2_its_bounds_hold_here_too() {
    let refused = |redefine, refusal| given([defined()]).when(command(redefine)).refused(refusal);
    refused(Redefine { kinds: [].into(), ..redefine() }, CustomFieldRefusal::KindsUnfit);
    refused(Redefine { choices: vec![], ..redefine() }, CustomFieldRefusal::ChoicesUnfit);
}

#[test]
fn f1_f4_it_is_there() {
    given([]).when(command(redefine())).refused(CustomFieldRefusal::NotFound);
    let over = given([defined(), retired()]);
    over.when(command(redefine())).refused(CustomFieldRefusal::Retired);
}
