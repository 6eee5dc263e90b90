//! What a custom field's decisions need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::CustomFieldEvent;
use super::refusal::CustomFieldRefusal;
use super::words::FieldForm;
use crate::ticket::TicketKind;

/// A custom field: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CustomField(pub Option<Body>);

/// A field that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// The kinds of tickets that have it.
    pub kinds: BTreeSet<TicketKind>,
    /// What it takes.
    pub form: FieldForm,
    /// What can be chosen, in order; empty for texts.
    pub choices: Vec<String>,
    /// Whether clients see and fill it.
    pub client_visible: bool,
    /// Whether it is not filled in any more.
    pub retired: bool,
}

impl CustomField {
    /// The field, else F1's refusal.
    pub fn body(&self) -> Result<&Body, CustomFieldRefusal> {
        self.0.as_ref().ok_or(CustomFieldRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_ref().filter(|body| !body.retired).map(|body| body.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: CustomFieldEvent) {
        if let CustomFieldEvent::Defined(e) = event {
            self.0.get_or_insert(Body {
                name: e.name,
                kinds: e.kinds,
                form: e.form,
                choices: e.choices,
                client_visible: e.client_visible,
                retired: false,
            });
            return;
        }
        let Some(body) = &mut self.0 else { return };
        match event {
            CustomFieldEvent::Defined(_) => {}
            CustomFieldEvent::Redefined(e) => {
                body.name = e.name;
                body.kinds = e.kinds;
                body.choices = e.choices;
                body.client_visible = e.client_visible;
            }
            CustomFieldEvent::Retired(_) => body.retired = true,
        }
    }
}
