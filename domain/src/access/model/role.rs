//! A role: permissions under one name.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::entry::{Entry, ObligationSet};
use super::pattern::ActionPattern;
use crate::kernel::words::words;
use crate::kernel::{PersonId, RoleId};

words! {
    /// How much harm a role can do; the later the more.
    #[derive(Default)]
    RiskTier {
        /// What most people have.
        #[default]
        Standard,
        /// More than that.
        Elevated,
        /// May change what others may do, or undo what others rely on.
        Privileged,
    }
}

/// A role, as it is defined.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleDefinition {
    /// Its stream.
    pub id: RoleId,
    /// Unique, whatever its case.
    pub name: String,
    /// Who answers for it; the shipped ones are nobody's until somebody is named.
    #[serde(default)]
    pub owner: Option<PersonId>,
    /// How much harm it can do.
    #[serde(default)]
    pub risk: RiskTier,
    /// What it permits by itself.
    #[serde(default)]
    pub entries: Vec<Entry>,
    /// Roles whose permissions it has too.
    #[serde(default)]
    pub juniors: BTreeSet<RoleId>,
    /// What it does not take over from them.
    #[serde(default)]
    pub mask: Vec<ActionPattern>,
    /// Whether it can be asked for.
    #[serde(default)]
    pub requestable: bool,
    /// For how many hours it is granted at most; none: for good.
    #[serde(default)]
    pub max_hours: Option<u32>,
    /// What goes with all that it permits, inherited or not.
    #[serde(default)]
    pub obligations: ObligationSet,
}
