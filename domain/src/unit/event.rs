//! What can have happened to a unit. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{RoutingMethod, UnitKind};
use crate::access::model::ClassSet;
use crate::kernel::{PersonId, UnitId};

/// An event of a unit's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "unit.", serialize_all = "snake_case")]
pub enum UnitEvent {
    /// See [`Created`].
    Created(Created),
    /// See [`Joined`].
    Joined(Joined),
    /// See [`HeadAppointed`].
    HeadAppointed(HeadAppointed),
    /// See [`LeadAppointed`].
    LeadAppointed(LeadAppointed),
    /// See [`Renamed`].
    Renamed(Renamed),
    /// See [`Left`].
    Left(Left),
    /// See [`HeadDismissed`].
    HeadDismissed(HeadDismissed),
    /// See [`RoutingChosen`].
    RoutingChosen(RoutingChosen),
    /// See [`Closed`].
    Closed(Closed),
    /// See [`BarrierDrawn`].
    BarrierDrawn(BarrierDrawn),
    /// See [`BarrierLifted`].
    BarrierLifted(BarrierLifted),
}

impl DomainEvent for UnitEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The unit exists from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Created {
    /// Unique, whatever its case.
    pub name: String,
    /// What sort.
    pub kind: UnitKind,
    /// The department it stands in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<UnitId>,
}

/// Somebody belongs to the unit from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Joined {
    /// Who.
    pub person: PersonId,
}

/// One of the unit's people heads it from now on, beside others.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadAppointed {
    /// Who.
    pub person: PersonId,
}

/// A client speaks for the customer organisation from now on, instead of whoever did.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct LeadAppointed {
    /// Who.
    pub person: PersonId,
}

/// The unit has another name from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Renamed {
    /// Unique, whatever its case.
    pub name: String,
}

/// Somebody no longer belongs to the unit, and no longer heads it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Left {
    /// Who.
    pub person: PersonId,
}

/// Somebody no longer heads the unit, and still belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct HeadDismissed {
    /// Who.
    pub person: PersonId,
}

/// New tickets of the unit find their people this way from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RoutingChosen {
    /// Which way.
    pub method: RoutingMethod,
}

/// The unit takes no people and no tickets any more.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {}

/// What is granted above the unit ends at it from now on, unless it pierces barriers.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarrierDrawn {
    /// For actions of these classes, instead of those of before.
    pub classes: ClassSet,
}

/// What is granted above the unit reaches it again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct BarrierLifted {}
