//! What can have happened to a ticket template. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::kernel::{SubjectId, UnitId};
use crate::ticket::{Priority, TicketKind};

/// An event of a template's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "template.", serialize_all = "snake_case")]
pub enum TemplateEvent {
    /// See [`Defined`].
    Defined(Box<Defined>),
    /// See [`Redefined`].
    Redefined(Box<Redefined>),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for TemplateEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What a ticket made from a template starts with. Not personal: written once for many.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Content {
    /// Incident or request.
    pub kind: TicketKind,
    /// One line.
    pub title: String,
    /// The whole story.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// The unit it is for; none: routing decides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// None: as the subject says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub priority: Option<Priority>,
    /// Under which words it is found.
    #[serde(default, skip_serializing_if = "BTreeSet::is_empty")]
    pub tags: BTreeSet<String>,
    /// Whether clients may use it.
    pub client_visible: bool,
}

/// Tickets can be opened from it from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// Unique, whatever its case.
    pub name: String,
    /// What a ticket made from it starts with.
    pub content: Content,
}

/// Tickets opened from it start otherwise from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redefined {
    /// Unique, whatever its case.
    pub name: String,
    /// What a ticket made from it starts with.
    pub content: Content,
}

/// No ticket is opened from it any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}
