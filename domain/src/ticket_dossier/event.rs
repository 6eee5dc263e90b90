//! What can have happened to a ticket's dossier. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use std::collections::BTreeSet;

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::LinkKind;
use crate::kernel::{AttachmentId, FieldId, PersonId, Personal, TicketId};

/// An event of a dossier's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ticket_dossier.", serialize_all = "snake_case")]
pub enum TicketDossierEvent {
    /// See [`Tagged`].
    Tagged(Tagged),
    /// See [`Untagged`].
    Untagged(Untagged),
    /// See [`Watched`].
    Watched(Watched),
    /// See [`Unwatched`].
    Unwatched(Unwatched),
    /// See [`Linked`].
    Linked(Linked),
    /// See [`Unlinked`].
    Unlinked(Unlinked),
    /// See [`FieldFilled`].
    FieldFilled(FieldFilled),
    /// See [`FieldEmptied`].
    FieldEmptied(FieldEmptied),
    /// See [`Attached`].
    Attached(Attached),
    /// See [`Detached`].
    Detached(Detached),
}

impl DomainEvent for TicketDossierEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// What a custom field says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FieldValue {
    /// Free words, sealed under the requester's key.
    Text(Personal<String>),
    /// Some of its choices.
    Choices(BTreeSet<String>),
}

/// It is found under this word from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Tagged {
    /// In lower case.
    pub tag: String,
}

/// It is no longer found under this word.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Untagged {
    /// In lower case.
    pub tag: String,
}

/// Somebody hears of it from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Watched {
    /// Who.
    pub person: PersonId,
}

/// Somebody no longer hears of it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unwatched {
    /// Who.
    pub person: PersonId,
}

/// It has to do with another ticket; the other one's dossier says so too.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Linked {
    /// What the other one is to this one.
    pub kind: LinkKind,
    /// The other one.
    pub other: TicketId,
}

/// It has no longer to do with another ticket in this way.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Unlinked {
    /// What the other one was to this one.
    pub kind: LinkKind,
    /// The other one.
    pub other: TicketId,
}

/// A custom field says this from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldFilled {
    /// Which.
    pub field: FieldId,
    /// What.
    pub value: FieldValue,
}

/// A custom field says nothing any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct FieldEmptied {
    /// Which.
    pub field: FieldId,
}

/// A file belongs to it. What the file holds is no event: it is kept apart, sealed under the
/// author's key.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Attached {
    /// Its identity.
    pub attachment: AttachmentId,
    /// What the author calls it, sealed under the author's key.
    pub name: Personal<String>,
    /// Such as image/png: what the author says it is.
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

/// A file no longer belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Detached {
    /// Which.
    pub attachment: AttachmentId,
}
