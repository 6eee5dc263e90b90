//! Fill field: a custom field says something.

use std::collections::BTreeSet;

use super::{field_in, ticket_not_over};
use crate::custom_field::FieldForm;
use crate::kernel::text::{self, LONG_TEXT_MAX};
use crate::kernel::{Context, DataSubject, FieldFacts, FieldId, Personal, TicketId};
use crate::ticket_dossier::event::{FieldFilled, FieldValue, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// Longest text of a field of one line, in characters.
const LINE_MAX: usize = 200;

/// What is filled in, as it was typed.
#[derive(Debug, Clone, PartialEq)]
pub enum FieldInput {
    /// One line of at most 200 characters, or many of at most 20,000.
    Text(String),
    /// One of the field's choices, or some of them.
    Choices(BTreeSet<String>),
}

/// D7. A field of the ticket's kind says what it takes. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct FillField {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Which.
    pub field: FieldId,
    /// What it says from now on.
    pub value: FieldInput,
}

impl FillField {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        let ticket = ticket_not_over(cx, self.ticket)?;
        let facts = field_in(cx, self.field)?;
        if facts.retired {
            return Err(TicketDossierRefusal::FieldRetired);
        }
        if !facts.kinds.contains(&ticket.kind) {
            return Err(TicketDossierRefusal::FieldUnfit);
        }
        let value = self.value.fit(facts, DataSubject::Person(ticket.requester))?;
        if dossier.fields.get(&self.field) == Some(&value) {
            return Ok(vec![]);
        }
        Ok(vec![TicketDossierEvent::FieldFilled(FieldFilled { field: self.field, value })])
    }
}

impl FieldInput {
    /// What is stored, if the field takes it.
    fn fit(
        self,
        field: &FieldFacts,
        owner: DataSubject,
    ) -> Result<FieldValue, TicketDossierRefusal> {
        let text = match (field.form, self) {
            (FieldForm::Text, Self::Text(text)) => text::line(&text, LINE_MAX),
            (FieldForm::TextArea, Self::Text(text)) => text::required(&text, LONG_TEXT_MAX),
            (FieldForm::Select, Self::Choices(chosen)) if chosen.len() == 1 => {
                return among(field, chosen);
            }
            (FieldForm::MultiSelect, Self::Choices(chosen)) if !chosen.is_empty() => {
                return among(field, chosen);
            }
            _ => return Err(TicketDossierRefusal::ValueUnfit),
        };
        text.map(|text| FieldValue::Text(Personal::of(owner, text)))
            .map_err(TicketDossierRefusal::ValueTextUnfit)
    }
}

fn among(field: &FieldFacts, chosen: BTreeSet<String>) -> Result<FieldValue, TicketDossierRefusal> {
    if chosen.iter().all(|choice| field.choices.contains(choice)) {
        return Ok(FieldValue::Choices(chosen));
    }
    Err(TicketDossierRefusal::ValueUnfit)
}
