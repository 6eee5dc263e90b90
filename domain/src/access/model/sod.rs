//! Segregation of duties: what one human must not have, or do, together.

use std::collections::BTreeSet;
use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use super::action::{ActionName, is_part};
use super::pattern::ActionPattern;
use super::subject::Human;
use crate::kernel::words::words;
use crate::kernel::{RoleId, SodRuleId};

words! {
    /// What happens when a rule would be broken.
    SodAction {
        /// It is refused.
        Block,
        /// It takes an exception.
        Approve,
        /// It is let pass, and watched.
        Record,
        /// What breaks it is taken back.
        Prune,
    }
}

/// A rule of segregation of duties.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct SodRule {
    /// Which one.
    pub id: SodRuleId,
    /// Unique, whatever its case.
    pub name: String,
    /// What happens.
    pub action: SodAction,
    /// What it separates.
    pub kind: SodKind,
}

/// What a rule separates.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SodKind {
    /// One human has fewer than so many of these at any instant.
    Static {
        /// Of what.
        set: BTreeSet<Counted>,
        /// How many are too many; at least two.
        n: u8,
    },
    /// On one object, no human does more than one of these duties, for themselves or for another.
    Dynamic {
        /// What sort of object: `ticket`, `erp:invoice`.
        object_type: String,
        /// Which duties.
        duties: Vec<Duty>,
    },
}

/// What a static rule counts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counted {
    /// To have a role, inherited or not.
    Role(RoleId),
    /// To have any permission for one of these actions.
    Actions(ActionPattern),
}

/// What a duty is called: `raise`, `approve`.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct DutyName(String);

/// The text is no duty's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("is not a duty's name of a-z, 0-9 and _")]
pub struct NotADuty;

/// A part that one human plays for an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Duty {
    /// What it is called.
    pub name: DutyName,
    /// By doing what one takes it on; none: only the object says who has it.
    #[serde(default)]
    pub actions: BTreeSet<ActionName>,
}

/// A duty that somebody has done on an object.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct DoneDuty {
    /// Which.
    pub duty: DutyName,
    /// By whom.
    pub human: Human,
    /// In whose place.
    #[serde(default)]
    pub acting_for: Option<Human>,
}

impl SodRule {
    /// Whether one of these humans would, by this action on an object where these duties are done,
    /// come to a second duty. The same duty once more is no second one; done by or in the place of
    /// one of these humans, it is theirs. A static rule says nothing of that.
    pub fn broken_by(&self, action: &ActionName, humans: &[Human], done: &[DoneDuty]) -> bool {
        let SodKind::Dynamic { object_type, duties } = &self.kind else { return false };
        let names = |name: &DutyName| duties.iter().any(|duty| duty.name == *name);
        let theirs = |done: &&DoneDuty| {
            let by = [Some(done.human), done.acting_for];
            names(&done.duty) && by.into_iter().flatten().any(|human| humans.contains(&human))
        };
        let mut taken = duties.iter().filter(|duty| duty.actions.contains(action));
        object_type == action.object_type()
            && taken.any(|duty| done.iter().filter(theirs).any(|done| done.duty != duty.name))
    }
}

impl FromStr for DutyName {
    type Err = NotADuty;

    fn from_str(text: &str) -> Result<Self, NotADuty> {
        if is_part(text) { Ok(Self(text.to_owned())) } else { Err(NotADuty) }
    }
}

impl fmt::Display for DutyName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl TryFrom<String> for DutyName {
    type Error = NotADuty;

    fn try_from(text: String) -> Result<Self, NotADuty> {
        text.parse()
    }
}

impl From<DutyName> for String {
    fn from(name: DutyName) -> Self {
        name.0
    }
}
