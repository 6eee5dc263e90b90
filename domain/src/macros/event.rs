//! What can have happened to a macro. These names and shapes are the storage format: add,
//! never rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::step::MacroStep;
use crate::kernel::UnitId;

/// An event of a macro's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "macro.", serialize_all = "snake_case")]
pub enum MacroEvent {
    /// See [`Defined`].
    Defined(Defined),
    /// See [`Redefined`].
    Redefined(Redefined),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for MacroEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// It can be applied to tickets from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// Unique, whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// 1 to 20, in order.
    pub steps: Vec<MacroStep>,
}

/// It does something else from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redefined {
    /// Unique, whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// 1 to 20, in order.
    pub steps: Vec<MacroStep>,
}

/// It is not applied any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}
