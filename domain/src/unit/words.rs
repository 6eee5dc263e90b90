//! Kinds of units. Their upper-case names are the API's and the storage's.

use serde::{Deserialize, Serialize};
use strum::{Display, EnumIter, EnumString, IntoStaticStr};

/// What sort of unit.
#[derive(
    Debug,
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Serialize,
    Deserialize,
    Display,
    EnumIter,
    EnumString,
    IntoStaticStr,
)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub enum UnitKind {
    /// Holds support units together.
    Department,
    /// Works on tickets.
    SupportUnit,
    /// Whom the desk works for.
    CustomerOrganization,
}

impl UnitKind {
    /// Whether tickets can be assigned to it, and staff join it.
    pub fn takes_tickets(self) -> bool {
        match self {
            Self::Department | Self::SupportUnit => true,
            Self::CustomerOrganization => false,
        }
    }
}
