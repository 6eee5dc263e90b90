//! One line of a role, or what is granted directly: these actions, standing so, on these fields.

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use super::condition::Condition;
use super::fields::FieldSet;
use super::pattern::ActionPattern;
use super::relation::RelationRule;
use crate::kernel::Standing;
use crate::kernel::words::words;

/// A permission, as roles and grants have it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// What may be done.
    pub actions: Vec<ActionPattern>,
    /// Standing how to the object.
    #[serde(default, skip_serializing_if = "is_default")]
    pub when: RelationRule,
    /// With what weight.
    #[serde(default, skip_serializing_if = "is_default")]
    pub standing: Weight,
    /// On which fields.
    #[serde(default, skip_serializing_if = "is_default")]
    pub fields: FieldSet,
    /// Of approvals: up to which level.
    #[serde(default, skip_serializing_if = "is_default")]
    pub level: Option<Level>,
    /// Under what circumstances.
    #[serde(default, skip_serializing_if = "is_default")]
    pub condition: Option<Condition>,
    /// On what terms.
    #[serde(default, skip_serializing_if = "is_default")]
    pub obligations: ObligationSet,
}

words! {
    /// With what weight one speaks on an object; the later beats the earlier.
    #[derive(Default)]
    Weight {
        /// As any permitted person.
        #[default]
        Ordinary,
        /// As one who steers: may break a hold, may steer a resolved ticket.
        Steering,
    }

    /// What goes with a permission.
    Obligation {
        /// The session has proved who it is a second time.
        StepUpMfa,
        /// The actor says why.
        ReasonRequired,
        /// Whoever watches over access hears of it.
        Watch,
    }
}

/// How far an approval reaches: an object asks for a level, an approver has one.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Level(pub u8);

/// Some of the obligations.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(from = "Vec<Obligation>", into = "Vec<Obligation>")]
pub struct ObligationSet(u8);

impl Entry {
    /// These actions, whatever the standing and the circumstances, on fields not flagged personal.
    pub fn of(actions: impl IntoIterator<Item = ActionPattern>) -> Self {
        Self {
            actions: actions.into_iter().collect(),
            when: RelationRule::ALWAYS,
            standing: Weight::default(),
            fields: FieldSet::default(),
            level: None,
            condition: None,
            obligations: ObligationSet::NONE,
        }
    }
}

impl Weight {
    /// The same, as commands are told it.
    pub fn standing(self) -> Standing {
        match self {
            Self::Ordinary => Standing::Ordinary,
            Self::Steering => Standing::Steering,
        }
    }
}

impl ObligationSet {
    /// None of them.
    pub const NONE: Self = Self(0);

    /// Whether this one is among them.
    pub fn contains(self, obligation: Obligation) -> bool {
        self.0 & Self::bit(obligation) != 0
    }

    /// These and those.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self(self.0 | other.0)
    }

    /// These without those.
    #[must_use]
    pub fn without(self, other: Self) -> Self {
        Self(self.0 & !other.0)
    }

    /// Those that somebody has to have met before: to be heard of is met by itself.
    #[must_use]
    pub fn demands(self) -> Self {
        self.without([Obligation::Watch].into_iter().collect())
    }

    /// These, in the order of the vocabulary.
    pub fn iter(self) -> impl Iterator<Item = Obligation> {
        Obligation::iter().filter(move |obligation| self.contains(*obligation))
    }

    fn bit(obligation: Obligation) -> u8 {
        1 << obligation as u8
    }
}

impl FromIterator<Obligation> for ObligationSet {
    fn from_iter<I: IntoIterator<Item = Obligation>>(obligations: I) -> Self {
        Self(obligations.into_iter().fold(0, |bits, obligation| bits | Self::bit(obligation)))
    }
}

impl From<Vec<Obligation>> for ObligationSet {
    fn from(obligations: Vec<Obligation>) -> Self {
        obligations.into_iter().collect()
    }
}

impl From<ObligationSet> for Vec<Obligation> {
    fn from(set: ObligationSet) -> Self {
        set.iter().collect()
    }
}

fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}
