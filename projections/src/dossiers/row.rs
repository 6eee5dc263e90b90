//! The row, and how an event changes it: through the domain's own evolve.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{DataSubject, FieldId, PersonId, Personal, TicketId};
use domain::ticket_dossier::{Dossier, FieldValue, LinkKind, TicketDossierEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::shown;

/// A ticket's dossier. Personal texts are clear, or the word `erased`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DossierRow {
    /// The ticket.
    pub ticket_id: TicketId,
    /// Under which words it is found, in lower case, sorted.
    pub tags: Vec<String>,
    /// Who hears of it besides, sorted.
    pub watcher_ids: Vec<PersonId>,
    /// The ticket it is part of.
    pub parent_id: Option<TicketId>,
    /// The tickets that are part of it, sorted.
    pub child_ids: Vec<TicketId>,
    /// All tickets it has to do with, those above too, by what they are to it.
    pub links: BTreeMap<LinkKind, BTreeSet<TicketId>>,
    /// What its custom fields say.
    pub fields: BTreeMap<FieldId, FieldText>,
    /// The number of its events.
    pub version: i64,
}

/// What a custom field says, as views show it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldText {
    /// Free words.
    Text(String),
    /// Some of its choices.
    Choices(BTreeSet<String>),
}

impl DossierRow {
    /// Of a ticket nobody wrote anything into the dossier of.
    pub fn empty(ticket_id: TicketId) -> Self {
        Self::of(ticket_id, Dossier::default(), 0)
    }

    /// The row after an event.
    pub fn fold(
        row: Option<Self>,
        event: &StreamEvent,
        dossier_event: &TicketDossierEvent,
        id: TicketId,
    ) -> Self {
        let mut dossier = row.map_or_else(Dossier::default, Self::into_dossier);
        dossier.evolve(dossier_event.clone());
        Self::of(id, dossier, event.sequence)
    }

    fn of(ticket_id: TicketId, dossier: Dossier, version: i64) -> Self {
        let parent_id = dossier.linked(LinkKind::Parent).next();
        let child_ids = dossier.linked(LinkKind::Child).collect();
        Self {
            ticket_id,
            parent_id,
            child_ids,
            tags: dossier.tags.into_iter().collect(),
            watcher_ids: dossier.watchers.into_iter().collect(),
            links: dossier.links,
            fields: dossier.fields.into_iter().map(|(id, value)| (id, value.into())).collect(),
            version,
        }
    }

    /// The dossier as far as evolve looks at one: whose key sealed a text does not matter to it.
    fn into_dossier(self) -> Dossier {
        Dossier {
            tags: self.tags.into_iter().collect(),
            watchers: self.watcher_ids.into_iter().collect(),
            links: self.links,
            fields: self.fields.into_iter().map(|(id, text)| (id, text.into())).collect(),
        }
    }
}

impl From<FieldValue> for FieldText {
    fn from(value: FieldValue) -> Self {
        match value {
            FieldValue::Text(text) => Self::Text(shown(&text)),
            FieldValue::Choices(choices) => Self::Choices(choices),
        }
    }
}

impl From<FieldText> for FieldValue {
    fn from(text: FieldText) -> Self {
        match text {
            FieldText::Text(text) => Self::Text(Personal::of(DataSubject::Deployment, text)),
            FieldText::Choices(choices) => Self::Choices(choices),
        }
    }
}
