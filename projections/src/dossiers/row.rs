//! The row, and how an event changes it: through the domain's own evolve.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::kernel::{AttachmentId, DataSubject, FieldId, PersonId, Personal, TicketId};
use domain::ticket_dossier::{Attachment, Dossier, FieldValue, LinkKind, TicketDossierEvent};
use journal::StreamEvent;
use serde::{Deserialize, Serialize};

use crate::rows::{micros, shown};

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
    /// Its files.
    pub attachments: BTreeMap<AttachmentId, AttachmentRow>,
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

/// A file of a ticket, but for what it holds.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AttachmentRow {
    /// What its author calls it.
    pub name: String,
    /// Such as image/png: what its author says it is.
    pub media_type: String,
    /// Its size.
    pub bytes: u32,
    /// SHA-256 of what it holds, in hex.
    pub sha256: String,
    /// Whose file.
    pub author_id: PersonId,
    /// Whether it is for staff alone.
    pub internal: bool,
    /// When it was attached.
    pub created_at: DateTime<Utc>,
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
        let attached_at: BTreeMap<AttachmentId, DateTime<Utc>> = row
            .iter()
            .flat_map(|row| row.attachments.iter().map(|(id, file)| (*id, file.created_at)))
            .collect();
        let mut dossier = row.map_or_else(Dossier::default, Self::into_dossier);
        dossier.evolve(dossier_event.clone());
        let mut row = Self::of(id, dossier, event.sequence);
        // The domain's memory has no times.
        for (id, file) in &mut row.attachments {
            file.created_at =
                attached_at.get(id).copied().unwrap_or_else(|| micros(event.meta.occurred_at));
        }
        row
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
            attachments: files_of(dossier.attachments),
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
            attachments: self.attachments.into_iter().map(|(id, row)| (id, row.into())).collect(),
        }
    }
}

fn files_of(
    attachments: BTreeMap<AttachmentId, Attachment>,
) -> BTreeMap<AttachmentId, AttachmentRow> {
    let row = |file: Attachment| AttachmentRow {
        name: shown(&file.name),
        media_type: file.media_type,
        bytes: file.bytes,
        sha256: file.sha256,
        author_id: file.author,
        internal: file.internal,
        created_at: DateTime::UNIX_EPOCH,
    };
    attachments.into_iter().map(|(id, file)| (id, row(file))).collect()
}

impl From<AttachmentRow> for Attachment {
    fn from(row: AttachmentRow) -> Self {
        Self {
            name: Personal::of(DataSubject::Deployment, row.name),
            media_type: row.media_type,
            bytes: row.bytes,
            sha256: row.sha256,
            author: row.author_id,
            internal: row.internal,
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
