//! Rules that deny, and what lets one subject past one of them.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::condition::Condition;
use super::fields::FieldName;
use super::pattern::ActionPattern;
use super::scope::Scope;
use super::subject::AccessSubject;
use crate::kernel::words::words;
use crate::kernel::{AccessGroupId, DenyRuleId, ExceptionId, PersonId, RoleId, SodRuleId};

words! {
    /// Whether anything lifts a rule that denies.
    Strength {
        /// Nothing does.
        Hard,
        /// An exception does.
        Soft,
    }
}

/// Whom a rule is for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Matcher {
    /// Everybody.
    Any,
    /// One subject; of a group, its members.
    Subject(AccessSubject),
    /// Whoever has the role, inherited or not, at that instant.
    Role(RoleId),
    /// The members of a group.
    Group(AccessGroupId),
}

/// A rule that denies.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Deny {
    /// Which one.
    pub id: DenyRuleId,
    /// Whether anything lifts it.
    pub strength: Strength,
    /// Whom it is for.
    pub whom: Matcher,
    /// What it denies.
    pub actions: Vec<ActionPattern>,
    /// Where; no barrier stops it.
    pub scope: Scope,
    /// Under what circumstances.
    #[serde(default)]
    pub condition: Option<Condition>,
    /// Only these fields are denied; none named: the action as a whole.
    #[serde(default)]
    pub fields: BTreeSet<FieldName>,
}

/// What an exception lifts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lifted {
    /// A soft rule that denies.
    Deny(DenyRuleId),
    /// A rule of segregation of duties.
    Sod(SodRuleId),
}

/// What lets one subject past one rule for a time, as far as decisions depend on it: why, and what
/// makes up for it, stay in its stream.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Exception {
    /// Which one.
    pub id: ExceptionId,
    /// Past which rule.
    pub lifts: Lifted,
    /// Whom.
    pub subject: AccessSubject,
    /// Who answers for it.
    pub owner: PersonId,
    /// From this instant on.
    pub from: DateTime<Utc>,
    /// No more at this instant.
    pub until: DateTime<Utc>,
}

impl Deny {
    /// Whether an exception can name it.
    pub fn takes_exceptions(&self) -> bool {
        self.strength == Strength::Soft
    }
}

impl Exception {
    /// Whether it lets past this rule at this instant.
    pub fn lifts(&self, rule: Lifted, at: DateTime<Utc>) -> bool {
        self.lifts == rule && self.from <= at && at < self.until
    }
}
