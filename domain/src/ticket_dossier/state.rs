//! What a dossier's decisions need to remember.

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};

use super::event::{Attached, FieldValue, TicketDossierEvent};
use super::words::LinkKind;
use crate::kernel::{AttachmentId, FieldId, PersonId, Personal, TicketId};

/// A ticket's dossier: empty before its first event.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dossier {
    /// Under which words it is found, in lower case.
    pub tags: BTreeSet<String>,
    /// Who hears of it besides.
    pub watchers: BTreeSet<PersonId>,
    /// Other tickets, by what they are to this one.
    pub links: BTreeMap<LinkKind, BTreeSet<TicketId>>,
    /// What its custom fields say.
    pub fields: BTreeMap<FieldId, FieldValue>,
    /// Its files.
    #[serde(default)]
    pub attachments: BTreeMap<AttachmentId, Attachment>,
}

/// A file of a ticket, but for what it holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attachment {
    /// What its author calls it.
    pub name: Personal<String>,
    /// Such as image/png: what its author says it is.
    pub media_type: String,
    /// Its size.
    pub bytes: u32,
    /// SHA-256 of what it holds, in hex.
    pub sha256: String,
    /// Whose file.
    pub author: PersonId,
    /// Whether it is for staff alone.
    pub internal: bool,
}

impl From<Attached> for Attachment {
    fn from(attached: Attached) -> Self {
        let Attached { attachment: _, name, media_type, bytes, sha256, author, internal } =
            attached;
        Self { name, media_type, bytes, sha256, author, internal }
    }
}

impl Dossier {
    /// The other tickets that are this to it.
    pub fn linked(&self, kind: LinkKind) -> impl Iterator<Item = TicketId> + '_ {
        self.links.get(&kind).into_iter().flatten().copied()
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: TicketDossierEvent) {
        match event {
            TicketDossierEvent::Tagged(e) => {
                self.tags.insert(e.tag);
            }
            TicketDossierEvent::Untagged(e) => {
                self.tags.remove(&e.tag);
            }
            TicketDossierEvent::Watched(e) => {
                self.watchers.insert(e.person);
            }
            TicketDossierEvent::Unwatched(e) => {
                self.watchers.remove(&e.person);
            }
            TicketDossierEvent::Linked(e) => {
                self.links.entry(e.kind).or_default().insert(e.other);
            }
            TicketDossierEvent::Unlinked(e) => {
                if let Some(others) = self.links.get_mut(&e.kind) {
                    others.remove(&e.other);
                }
                self.links.retain(|_, others| !others.is_empty());
            }
            TicketDossierEvent::FieldFilled(e) => {
                self.fields.insert(e.field, e.value);
            }
            TicketDossierEvent::FieldEmptied(e) => {
                self.fields.remove(&e.field);
            }
            TicketDossierEvent::Attached(e) => {
                self.attachments.insert(e.attachment, e.into());
            }
            TicketDossierEvent::Detached(e) => {
                self.attachments.remove(&e.attachment);
            }
        }
    }
}
