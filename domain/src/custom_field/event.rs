//! What can have happened to a custom field. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::FieldForm;
use crate::ticket::TicketKind;

/// An event of a custom field's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "custom_field.", serialize_all = "snake_case")]
pub enum CustomFieldEvent {
    /// See [`Defined`].
    Defined(Defined),
    /// See [`Redefined`].
    Redefined(Redefined),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for CustomFieldEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// Tickets have this field from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
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
}

/// The field takes something else from now on; what is filled in stays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redefined {
    /// Unique, whatever its case.
    pub name: String,
    /// The kinds of tickets that have it.
    pub kinds: BTreeSet<TicketKind>,
    /// What can be chosen, in order; empty for texts.
    pub choices: Vec<String>,
    /// Whether clients see and fill it.
    pub client_visible: bool,
}

/// It is not filled in any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}
