//! The unit's business "no".

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::access::model::ActionName;
use crate::kernel::Refusal;
use crate::kernel::text::TextFault;

/// Why a command on a unit is refused. The variant's name is the code: `UNIT_EXISTS`.
#[derive(
    Debug, Clone, PartialEq, Eq, thiserror::Error, strum::IntoStaticStr, strum::VariantNames,
)]
#[strum(prefix = "UNIT_", serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitRefusal {
    /// U1: no such unit.
    #[error("there is no such unit")]
    NotFound,
    /// U1: created already.
    #[error("the unit exists already")]
    Exists,
    /// U1
    #[error("a support unit alone may stand in a unit, and that must be an open department")]
    ParentUnfit,
    /// U2, U3, U4
    #[error("this person does not fit this unit")]
    PersonUnfit,
    /// U6
    #[error("this person does not belong to this unit")]
    NotMember,
    /// U10
    #[error("nobody does this to themselves")]
    NotOneself,
    /// U8
    #[error("this unit takes no tickets")]
    TakesNoTickets,
    /// U9: somebody still belongs to it.
    #[error("the unit still has people")]
    HasPeople,
    /// U9: it takes nothing any more.
    #[error("the unit is closed")]
    Closed,
    /// U11
    #[error("a barrier is against one class of actions at least")]
    BarrierUnfit,
    /// U12
    #[error("nobody would be left who may give access behind the barrier")]
    NobodyLeft,
    /// U13: this action, among others.
    #[error("nobody takes away a barrier that keeps something from them: {action}")]
    #[expect(missing_docs, reason = "said above")]
    BarrierBindsActor { action: ActionName },
    /// U1, U5
    #[error("name {0}")]
    NameUnfit(TextFault),
}

impl Refusal for UnitRefusal {
    fn code(&self) -> &'static str {
        self.into()
    }

    fn field(&self) -> Option<&'static str> {
        match self {
            Self::NotFound
            | Self::Exists
            | Self::TakesNoTickets
            | Self::HasPeople
            | Self::BarrierBindsActor { .. }
            | Self::Closed => None,
            Self::BarrierUnfit | Self::NobodyLeft => Some("classes"),
            Self::ParentUnfit => Some("parentId"),
            Self::PersonUnfit | Self::NotMember | Self::NotOneself => Some("personId"),
            Self::NameUnfit(_) => Some("name"),
        }
    }

    fn meta(&self) -> BTreeMap<&'static str, Value> {
        match self {
            Self::BarrierBindsActor { action } => BTreeMap::from([("action", json!(action))]),
            _ => BTreeMap::new(),
        }
    }
}
