//! The template's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::decide::ITEMS_MAX;
use crate::access::fit::EntryFault;
use crate::kernel::text::TextFault;
use crate::kernel::{Refusal, RoleId};

/// Why a command on a template is refused. The variant's name is the code:
/// `ACCESS_TEMPLATE_ITEM_TWICE`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "ACCESS_TEMPLATE_", serialize_all = "SCREAMING_SNAKE_CASE")]
#[expect(missing_docs, reason = "the fields say where: which item, which role")]
pub enum AccessTemplateRefusal {
    /// AT1: no such template.
    #[error("there is no such template")]
    NotFound,
    /// AT1: defined already.
    #[error("the template exists already")]
    Exists,
    /// AT1
    #[error("name {0}")]
    NameUnfit(TextFault),
    /// AT2
    #[error("a template has 1 to {ITEMS_MAX} items")]
    ItemsUnfit,
    /// AT2
    #[error("item {item} is there twice")]
    ItemTwice { item: usize },
    /// AT3
    #[error("the role of item {item} is not there")]
    RoleUnknown { item: usize, role: RoleId },
    /// AT3
    #[error("item {item} {fault}")]
    EntryUnfit { item: usize, fault: EntryFault },
    /// AT4
    #[error("item {item} is not for 1 to {max} hours")]
    HoursUnfit { item: usize, max: u32 },
    /// AT5
    #[error("the template is retired")]
    Retired,
}

impl Refusal for AccessTemplateRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound | Self::Exists | Self::Retired => None,
            Self::NameUnfit(_) => Some("name"),
            Self::ItemsUnfit
            | Self::ItemTwice { .. }
            | Self::RoleUnknown { .. }
            | Self::EntryUnfit { .. }
            | Self::HoursUnfit { .. } => Some("items"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::ItemTwice { item } | Self::EntryUnfit { item, .. } => {
                BTreeMap::from([("item", json!(item))])
            }
            Self::RoleUnknown { item, role } => {
                BTreeMap::from([("item", json!(item)), ("roleId", json!(role))])
            }
            Self::HoursUnfit { item, max } => {
                BTreeMap::from([("item", json!(item)), ("maxHours", json!(max))])
            }
            Self::NotFound
            | Self::Exists
            | Self::NameUnfit(_)
            | Self::ItemsUnfit
            | Self::Retired => BTreeMap::new(),
        }
    }
}
