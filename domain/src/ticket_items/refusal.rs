//! The business "no" about a ticket's items.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::ITEMS_MAX;
use crate::kernel::{CiId, Refusal, TicketId};

/// Why a command on a ticket's items is refused. The variant's name is the code: `TICKET_ITEMS_MERGED`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "TICKET_ITEMS_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum TicketItemsRefusal {
    /// I1: no such ticket.
    #[error("there is no such ticket")]
    NotFound,
    /// I1
    #[error("the ticket was merged; its matter goes on elsewhere")]
    Merged {
        /// Where.
        into: TicketId,
    },
    /// I1
    #[error("a closed or cancelled ticket does not allow this")]
    TicketOver,
    /// I2
    #[error("there is no such item")]
    ItemUnknown {
        /// Which.
        ci: CiId,
    },
    /// I2
    #[error("the item is retired or was merged into another")]
    ItemRetired {
        /// Which.
        ci: CiId,
    },
    /// I7
    #[error("the item is no service")]
    NoService {
        /// Which.
        ci: CiId,
    },
    /// I4
    #[error("a ticket names at most {ITEMS_MAX} items")]
    TooMany,
    /// I5
    #[error("what falls was computed from other items than the ticket has; compute it anew")]
    ComputedOtherwise,
}

impl Refusal for TicketItemsRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Merged { .. } | Self::TicketOver | Self::ComputedOtherwise => {
                None
            }
            Self::ItemUnknown { .. }
            | Self::ItemRetired { .. }
            | Self::NoService { .. }
            | Self::TooMany => Some("ciId"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::Merged { into } => BTreeMap::from([("intoId", json!(into))]),
            Self::ItemUnknown { ci } | Self::ItemRetired { ci } | Self::NoService { ci } => {
                BTreeMap::from([("ciId", json!(ci))])
            }
            _ => BTreeMap::new(),
        }
    }
}
