//! What can have happened to a group. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use crate::access::model::AccessSubject;
use crate::access::population::Population;
use crate::kernel::PersonId;

/// An event of a group's stream.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "access_group.", serialize_all = "snake_case")]
pub enum AccessGroupEvent {
    /// See [`Defined`].
    Defined(Defined),
    /// See [`Redefined`].
    Redefined(Redefined),
    /// See [`PopulationChosen`].
    PopulationChosen(PopulationChosen),
    /// See [`MemberAdded`].
    MemberAdded(MemberAdded),
    /// See [`MemberRemoved`].
    MemberRemoved(MemberRemoved),
    /// See [`Retired`].
    Retired(Retired),
}

impl DomainEvent for AccessGroupEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// There is a group, without members so far.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Defined {
    /// Unique, whatever its case.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
}

/// It is called otherwise, for something else, or somebody else's.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Redefined {
    /// Unique, whatever its case.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
}

/// Whoever is of this population belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PopulationChosen {
    /// Of which; none: only those who were added.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub population: Option<Population>,
}

/// One more belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberAdded {
    /// Who.
    pub member: AccessSubject,
}

/// One fewer belongs to it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MemberRemoved {
    /// Who.
    pub member: AccessSubject,
}

/// It is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Retired {}
