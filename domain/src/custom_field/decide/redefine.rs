//! Redefine: the field takes something else.

use std::collections::BTreeSet;

use super::{fit_choices, fit_name, kinds_must_fit};
use crate::custom_field::event::{CustomFieldEvent, Redefined};
use crate::custom_field::refusal::CustomFieldRefusal;
use crate::custom_field::state::CustomField;
use crate::kernel::Context;
use crate::ticket::TicketKind;

/// F3. Everything but the form is said anew, as a whole; what is filled in stays. The same again
/// changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// The kinds of tickets that have it; one at least.
    pub kinds: BTreeSet<TicketKind>,
    /// What can be chosen, in order; none for texts.
    pub choices: Vec<String>,
    /// Whether clients see and fill it.
    pub client_visible: bool,
}

impl Redefine {
    pub(in crate::custom_field) fn decide(
        self,
        field: &CustomField,
        _cx: &Context,
    ) -> Result<Vec<CustomFieldEvent>, CustomFieldRefusal> {
        let body = field.body()?;
        if body.retired {
            return Err(CustomFieldRefusal::Retired);
        }
        kinds_must_fit(&self.kinds)?;
        let name = fit_name(&self.name)?;
        let choices = fit_choices(body.form, &self.choices)?;
        let as_before = name == body.name
            && self.kinds == body.kinds
            && choices == body.choices
            && self.client_visible == body.client_visible;
        if as_before {
            return Ok(vec![]);
        }
        Ok(vec![CustomFieldEvent::Redefined(Redefined {
            name,
            kinds: self.kinds,
            choices,
            client_visible: self.client_visible,
        })])
    }
}
