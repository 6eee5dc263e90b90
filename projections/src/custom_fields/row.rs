//! The row, and how an event changes it.

use std::collections::BTreeSet;

use domain::custom_field::{CustomFieldEvent, FieldForm};
use domain::kernel::FieldId;
use domain::ticket::TicketKind;
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

/// A custom field.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CustomFieldRow {
    /// Its stream.
    pub field_id: FieldId,
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
    /// The number of its events.
    pub version: i64,
}

impl CustomFieldRow {
    /// The row after an event; none as long as the field was not defined.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        field_event: &CustomFieldEvent,
        id: FieldId,
    ) -> Option<Self> {
        use CustomFieldEvent as E;
        let row = match (row, field_event) {
            (None, E::Defined(e)) => Some(Self {
                field_id: id,
                name: e.name.clone(),
                kinds: e.kinds.clone(),
                form: e.form,
                choices: e.choices.clone(),
                client_visible: e.client_visible,
                retired: false,
                version: 0,
            }),
            (Some(row), E::Redefined(e)) => Some(Self {
                name: e.name.clone(),
                kinds: e.kinds.clone(),
                choices: e.choices.clone(),
                client_visible: e.client_visible,
                ..row
            }),
            (Some(row), E::Retired(_)) => Some(Self { retired: true, ..row }),
            (row, E::Defined(_) | E::Redefined(_) | E::Retired(_)) => row,
        };
        row.map(|row| Self { version: event.sequence, ..row })
    }
}
