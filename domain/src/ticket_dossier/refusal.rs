//! The dossier's business "no".

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Value, json};

use super::decide::{ATTACHMENTS_MAX, LINKS_MAX, TAGS_MAX, WATCHERS_MAX};
use crate::kernel::text::TextFault;
use crate::kernel::{PersonId, Refusal, TicketId};

/// Why a command on a dossier is refused. The variant's name is the code: `DOSSIER_MERGED`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "DOSSIER_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketDossierRefusal {
    /// D1: no such ticket.
    #[error("there is no such ticket")]
    NotFound,
    /// D1
    #[error("the ticket was merged; its matter goes on elsewhere")]
    Merged {
        /// Where.
        into: TicketId,
    },
    /// D2
    #[error("a closed or cancelled ticket does not allow this")]
    TicketOver,
    /// D3
    #[error("tag {0}")]
    TagUnfit(TextFault),
    /// D3
    #[error("a ticket has at most {TAGS_MAX} tags")]
    TagsTooMany,
    /// D4
    #[error("only active staff watch")]
    WatcherUnfit {
        /// Who.
        person: PersonId,
    },
    /// D4
    #[error("a ticket has at most {WATCHERS_MAX} watchers")]
    WatchersTooMany,
    /// D5
    #[error("a ticket is not linked to itself")]
    LinkToItself,
    /// D5
    #[error("there is no such ticket to link to")]
    OtherUnknown,
    /// D6
    #[error("the other ticket is closed or cancelled")]
    OtherOver,
    /// D5
    #[error("a ticket has at most {LINKS_MAX} links")]
    LinksTooMany,
    /// D6
    #[error("a ticket has one parent only")]
    HasParent,
    /// D6
    #[error("a ticket with a parent has no children")]
    TooDeep,
    /// D7: or hidden from whoever asks.
    #[error("there is no such custom field")]
    FieldUnknown,
    /// D7
    #[error("the custom field is retired")]
    FieldRetired,
    /// D7
    #[error("tickets of this kind do not have this custom field")]
    FieldUnfit,
    /// D7
    #[error("the custom field does not take this")]
    ValueUnfit,
    /// D7
    #[error("value {0}")]
    ValueTextUnfit(TextFault),
    /// D8
    #[error("a person must stand behind this command")]
    PersonRequired,
    /// D8
    #[error("a ticket has at most {ATTACHMENTS_MAX} files")]
    AttachmentsTooMany,
    /// D8
    #[error("name {0}")]
    AttachmentNameUnfit(TextFault),
    /// D8
    #[error("the name of a file contains no path")]
    AttachmentNamePath,
    /// D8
    #[error("files of this media type are not taken")]
    AttachmentTypeUnfit {
        /// Those that are.
        allowed: BTreeSet<String>,
    },
    /// D8
    #[error("a file has at most {max_bytes} bytes")]
    AttachmentTooLarge {
        /// The largest that is taken.
        max_bytes: u32,
    },
    /// D8
    #[error("only whoever attached a file, a head of the unit or a director detaches it")]
    AttachmentNotOwn,
}

impl Refusal for TicketDossierRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound
            | Self::Merged { .. }
            | Self::TicketOver
            | Self::PersonRequired
            | Self::AttachmentsTooMany
            | Self::AttachmentTooLarge { .. } => None,
            Self::TagUnfit(_) | Self::TagsTooMany => Some("tag"),
            Self::WatcherUnfit { .. } | Self::WatchersTooMany => Some("personId"),
            Self::LinkToItself
            | Self::OtherUnknown
            | Self::OtherOver
            | Self::LinksTooMany
            | Self::HasParent
            | Self::TooDeep => Some("otherId"),
            Self::FieldUnknown | Self::FieldRetired | Self::FieldUnfit => Some("fieldId"),
            Self::ValueUnfit | Self::ValueTextUnfit(_) => Some("value"),
            Self::AttachmentNameUnfit(_) | Self::AttachmentNamePath => Some("name"),
            Self::AttachmentTypeUnfit { .. } => Some("mediaType"),
            Self::AttachmentNotOwn => Some("attachmentId"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::Merged { into } => BTreeMap::from([("intoId", json!(into))]),
            Self::WatcherUnfit { person } => BTreeMap::from([("personId", json!(person))]),
            Self::AttachmentTypeUnfit { allowed } => BTreeMap::from([("allowed", json!(allowed))]),
            Self::AttachmentTooLarge { max_bytes } => {
                BTreeMap::from([("maxBytes", json!(max_bytes))])
            }
            _ => BTreeMap::new(),
        }
    }
}
