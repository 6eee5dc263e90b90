//! F1, F2

use super::{define, defined, given};
use crate::custom_field::command::Define;
use crate::custom_field::{CustomField, CustomFieldCommand, CustomFieldRefusal, FieldForm};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, Refusal};

fn command(define: Define) -> CustomFieldCommand {
    CustomFieldCommand::Define(define)
}

#[test]
fn f1_a_field_is_defined_once() {
    let choices = vec![" Red ".to_owned(), "Blue".to_owned()];
    let typed = Define { name: " Colour ".to_owned(), choices, ..define() };
    let field = given([]).when(command(typed)).then([defined()]).state();
    assert_eq!(field.body().unwrap().name, "Colour");
    given([defined()]).when(command(define())).refused(CustomFieldRefusal::Exists);
}

#[test]
fn f1_the_name_has_a_bound_and_is_claimed_whatever_its_case() {
    let empty = CustomFieldRefusal::NameUnfit(TextFault::Empty);
    assert_eq!((empty.code(), empty.field()), ("CUSTOM_FIELD_NAME_UNFIT", Some("name")));
    given([]).when(command(Define { name: String::new(), ..define() })).refused(empty);
    let long = CustomFieldRefusal::NameUnfit(TextFault::TooLong(200));
    given([]).when(command(Define { name: "x".repeat(201), ..define() })).refused(long);
    let key = ClaimKey::Plain("colour".to_owned());
    assert_eq!(
        CustomFieldCommand::claims(&CustomField::default(), &defined()),
        [ClaimChange::Hold { scope: "custom_field.name", key }]
    );
}

#[test]
fn f1_it_belongs_to_some_kind_of_tickets() {
    let nobodys = Define { kinds: [].into(), ..define() };
    given([]).when(command(nobodys)).refused(CustomFieldRefusal::KindsUnfit);
}

#[test]
fn f2_what_is_chosen_from_has_choices_and_texts_have_none() {
    let when =
        |form, choices: Vec<String>| given([]).when(command(Define { form, choices, ..define() }));
    let unfit = || CustomFieldRefusal::ChoicesUnfit;
    let many = |count: usize| (0..count).map(|number| number.to_string()).collect::<Vec<_>>();
    for form in [FieldForm::Select, FieldForm::MultiSelect] {
        when(form, many(100)).acts();
        when(form, many(101)).refused(unfit());
        when(form, vec![]).refused(unfit());
        when(form, vec!["Red".to_owned(), " Red".to_owned()]).refused(unfit());
        let long = CustomFieldRefusal::ChoiceUnfit(TextFault::TooLong(100));
        when(form, vec!["x".repeat(101)]).refused(long);
    }
    for form in [FieldForm::Text, FieldForm::TextArea] {
        when(form, vec![]).acts();
        when(form, many(1)).refused(unfit());
    }
}
