//! Define: tickets have another field.

use std::collections::BTreeSet;

use super::{fit_choices, fit_name, kinds_must_fit};
use crate::custom_field::event::{CustomFieldEvent, Defined};
use crate::custom_field::refusal::CustomFieldRefusal;
use crate::custom_field::state::CustomField;
use crate::custom_field::words::FieldForm;
use crate::kernel::Context;
use crate::ticket::TicketKind;

/// F1, F2. A field is defined once: its name, whose it is, what it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// The kinds of tickets that have it; one at least.
    pub kinds: BTreeSet<TicketKind>,
    /// What it takes, for ever.
    pub form: FieldForm,
    /// What can be chosen, in order; none for texts.
    pub choices: Vec<String>,
    /// Whether clients see and fill it.
    pub client_visible: bool,
}

impl Define {
    pub(in crate::custom_field) fn decide(
        self,
        field: &CustomField,
        _cx: &Context,
    ) -> Result<Vec<CustomFieldEvent>, CustomFieldRefusal> {
        if field.0.is_some() {
            return Err(CustomFieldRefusal::Exists);
        }
        kinds_must_fit(&self.kinds)?;
        Ok(vec![CustomFieldEvent::Defined(Defined {
            name: fit_name(&self.name)?,
            kinds: self.kinds,
            form: self.form,
            choices: fit_choices(self.form, &self.choices)?,
            client_visible: self.client_visible,
        })])
    }
}
