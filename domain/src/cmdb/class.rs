//! How a class says what its items are like.

use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};

use super::value::{Datum, Measure};
use crate::kernel::CiClassId;
use crate::kernel::words::words;

words! {
    /// What a value is.
    Kind {
        /// Up to 2,000 characters.
        Text,
        /// A whole number of 64 bits.
        Integer,
        /// A number with up to 28 digits.
        Decimal,
        /// True or false.
        Boolean,
        /// A day: `2026-11-22`.
        Date,
        /// One of the attribute's choices.
        Enum,
        /// An address of IPv4 or IPv6.
        Ip,
        /// `aa:bb:cc:dd:ee:ff`.
        Mac,
        /// Another item.
        Reference,
        /// How many of those it leans on it needs.
        Redundancy,
    }

    /// Which way a failure goes along a relation.
    Flow {
        /// What fails takes with it what it is related to.
        Forward,
        /// What fails takes with it what is related to it.
        Backward,
        /// Neither.
        None,
    }
}

/// Something that is said of an item.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Attribute {
    /// In snake case; unique in its class and all that inherit it.
    pub name: String,
    /// For people.
    pub label: String,
    /// What its value is.
    pub kind: Kind,
    /// What can be chosen; of an enum alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub choices: Vec<String>,
    /// Which items it can name, those of inheriting classes among them; of a reference alone.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub of: Option<CiClassId>,
    /// Whether it has several values.
    #[serde(default, skip_serializing_if = "is_false")]
    pub list: bool,
    /// Whether no item is without.
    #[serde(default, skip_serializing_if = "is_false")]
    pub required: bool,
    /// Whether an item without counts as incomplete.
    #[serde(default, skip_serializing_if = "is_false")]
    pub recommended: bool,
    /// What is registered when nothing is said.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Datum>,
    /// Whether it tells of a person: sealed in storage.
    #[serde(default, skip_serializing_if = "is_false")]
    pub personal: bool,
}

/// How items of this class can be related to others; stored with the item it goes out from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Relation {
    /// In snake case; unique among all classes.
    pub name: String,
    /// For people.
    pub label: String,
    /// To which items, those of inheriting classes among them.
    pub to: CiClassId,
    /// Which way a failure goes.
    pub flow: Flow,
    /// Whether it goes to one item at most.
    #[serde(default, skip_serializing_if = "is_false")]
    pub single: bool,
    /// Whether it is followed from what fails to what falls alone, never back.
    #[serde(default, skip_serializing_if = "is_false")]
    pub downwards: bool,
}

/// How many of those that items of this class lean on may fail.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RedundancyRule {
    /// The relations that count together, whichever class defines them.
    pub relations: Vec<String>,
    /// Whether it holds; if not, any one that fails is enough.
    pub enabled: bool,
    /// How many must be up, or what share.
    pub min_up: Decimal,
    /// What `min_up` counts in.
    pub measure: Measure,
    /// Whether no item may say otherwise.
    #[serde(default, skip_serializing_if = "is_false")]
    pub fixed: bool,
}

/// A class, as it is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Definition {
    /// Unique, whatever its case: `Server`.
    pub name: String,
    /// For people.
    pub label: String,
    /// Whose attributes and relations it inherits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<CiClassId>,
    /// Whether it has no items of its own.
    #[serde(default, skip_serializing_if = "is_false")]
    pub is_abstract: bool,
    /// What it adds to what it inherits.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute>,
    /// Likewise.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub relations: Vec<Relation>,
    /// What tells its items apart: sets of attributes and single relations, the first of which files
    /// name. Empty: as inherited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub identity: Vec<Vec<String>>,
    /// When its items fall, besides what is inherited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub redundancy: Vec<RedundancyRule>,
    /// Values of `status` by which an item is out of service. Empty: as inherited.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub out_of_service: Vec<String>,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde calls it")]
fn is_false(value: &bool) -> bool {
    !value
}
