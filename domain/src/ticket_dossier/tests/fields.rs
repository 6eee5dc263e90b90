//! D2, D7

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{given, on};
use crate::custom_field::FieldForm;
use crate::kernel::testing::tickets::{THIS, there_are, ticket};
use crate::kernel::testing::world::{ANNA, CLEO};
use crate::kernel::text::TextFault;
use crate::kernel::{DataSubject, Facts, FieldFacts, FieldId, Personal};
use crate::ticket::{TicketKind, TicketState};
use crate::ticket_dossier::command::{EmptyField, FieldInput, FillField};
use crate::ticket_dossier::event::{FieldEmptied, FieldFilled};
use crate::ticket_dossier::{
    FieldValue, TicketDossierCommand, TicketDossierEvent, TicketDossierRefusal,
};

const FIELD: FieldId = FieldId(Uuid::from_u128(0x91));

fn field(form: FieldForm) -> FieldFacts {
    let choices = match form {
        FieldForm::Text | FieldForm::TextArea => vec![],
        FieldForm::Select | FieldForm::MultiSelect => vec!["Red".to_owned(), "Blue".to_owned()],
    };
    let kinds = [TicketKind::Incident].into();
    FieldFacts { kinds, form, choices, client_visible: true, retired: false }
}

fn there_is(field: FieldFacts) -> Facts {
    let fields = [(FIELD, field)].into();
    Facts { fields, ..there_are([(THIS, ticket(TicketState::Assigned))]) }
}

fn fill(value: FieldInput) -> TicketDossierCommand {
    TicketDossierCommand::FillField(FillField { ticket: THIS, field: FIELD, value })
}

fn text(text: &str) -> FieldInput {
    FieldInput::Text(text.to_owned())
}

fn choices(chosen: &[&str]) -> BTreeSet<String> {
    chosen.iter().map(|&choice| choice.to_owned()).collect()
}

fn empty() -> TicketDossierCommand {
    TicketDossierCommand::EmptyField(EmptyField { ticket: THIS, field: FIELD })
}

fn filled(value: FieldValue) -> TicketDossierEvent {
    TicketDossierEvent::FieldFilled(FieldFilled { field: FIELD, value })
}

/// In the words of Cleo, whose ticket it is.
fn filled_with(words: &str) -> TicketDossierEvent {
    filled(FieldValue::Text(Personal::of(DataSubject::Person(CLEO), words.to_owned())))
}

#[test]
fn d7_texts_are_the_requesters() {
    for form in [FieldForm::Text, FieldForm::TextArea] {
        let given = given([]).by(ANNA).knowing(there_is(field(form)));
        let dossier = given.when(fill(text(" PC-7 "))).then([filled_with("PC-7")]).state();
        assert_eq!(dossier.fields.len(), 1);
    }
    let same = given([filled_with("PC-7")]).knowing(there_is(field(FieldForm::Text)));
    same.when(fill(text("PC-7"))).nothing();
}

#[test]
fn d7_texts_have_bounds() {
    let refused = |form, words: &str, fault| {
        let unfit = TicketDossierRefusal::ValueTextUnfit(fault);
        given([]).knowing(there_is(field(form))).when(fill(text(words))).refused(unfit);
    };
    refused(FieldForm::Text, "", TextFault::Empty);
    refused(FieldForm::Text, "a\nb", TextFault::Control);
    refused(FieldForm::Text, &"x".repeat(201), TextFault::TooLong(200));
    refused(FieldForm::TextArea, &"x".repeat(20_001), TextFault::TooLong(20_000));
    let lines = given([]).knowing(there_is(field(FieldForm::TextArea)));
    lines.when(fill(text("a\nb"))).then([filled_with("a\nb")]);
}

#[test]
fn d7_what_is_chosen_is_one_of_the_choices_or_some() {
    let when = |form, chosen: &[&str]| {
        let given = given([]).knowing(there_is(field(form)));
        given.when(fill(FieldInput::Choices(choices(chosen))))
    };
    let unfit = || TicketDossierRefusal::ValueUnfit;
    let event = |chosen| filled(FieldValue::Choices(choices(chosen)));
    when(FieldForm::Select, &["Red"]).then([event(&["Red"])]);
    when(FieldForm::Select, &["Red", "Blue"]).refused(unfit());
    when(FieldForm::MultiSelect, &["Red", "Blue"]).then([event(&["Red", "Blue"])]);
    for form in [FieldForm::Select, FieldForm::MultiSelect] {
        when(form, &[]).refused(unfit());
        when(form, &["Green"]).refused(unfit());
        given([]).knowing(there_is(field(form))).when(fill(text("Red"))).refused(unfit());
    }
    when(FieldForm::Text, &["Red"]).refused(unfit());
    when(FieldForm::TextArea, &["Red"]).refused(unfit());
}

#[test]
fn d7_the_field_is_there_and_belongs_to_the_kind() {
    given([]).when(fill(text("x"))).refused(TicketDossierRefusal::FieldUnknown);
    let retired = FieldFacts { retired: true, ..field(FieldForm::Text) };
    let retired = given([]).knowing(there_is(retired));
    retired.when(fill(text("x"))).refused(TicketDossierRefusal::FieldRetired);
    let kinds = [TicketKind::ServiceRequest].into();
    let foreign = FieldFacts { kinds, ..field(FieldForm::Text) };
    let foreign = given([]).knowing(there_is(foreign));
    foreign.when(fill(text("x"))).refused(TicketDossierRefusal::FieldUnfit);
}

#[test]
fn d7_what_is_hidden_from_clients_is_unknown_to_them() {
    let hidden = || FieldFacts { client_visible: false, retired: true, ..field(FieldForm::Text) };
    let unknown = || TicketDossierRefusal::FieldUnknown;
    let client = |facts| given([]).by(CLEO).knowing(there_is(facts));
    client(hidden()).when(fill(text("x"))).refused(unknown());
    client(hidden()).when(empty()).refused(unknown());
    client(field(FieldForm::Text)).when(fill(text("x"))).acts();
    let shown = FieldFacts { retired: false, ..hidden() };
    given([]).knowing(there_is(shown)).when(fill(text("x"))).acts();
}

#[test]
fn d7_a_field_may_be_emptied_whatever_became_of_it() {
    let event = TicketDossierEvent::FieldEmptied(FieldEmptied { field: FIELD });
    let retired = || there_is(FieldFacts { retired: true, ..field(FieldForm::Text) });
    let dossier = given([filled_with("x")]).knowing(retired()).when(empty()).then([event]).state();
    assert!(dossier.fields.is_empty());
    given([]).knowing(retired()).when(empty()).nothing();
}

#[test]
fn d2_what_is_over_keeps_its_fields() {
    for state in [TicketState::Closed, TicketState::Cancelled] {
        on(state, []).when(fill(text("x"))).refused(TicketDossierRefusal::TicketOver);
        on(state, [filled_with("x")]).when(empty()).refused(TicketDossierRefusal::TicketOver);
    }
}
