//! How one stands to an object, and which standing an entry asks for.

use serde::{Deserialize, Serialize};
use strum::IntoEnumIterator;

use crate::access::Relation;
use crate::kernel::words::words;

words! {
    /// One way to stand to an object; as [`Relation`] has it.
    RelationName {
        /// Its author or requester, or the person itself.
        Own,
        /// Speaks for the organisation of its author or requester.
        Leads,
        /// Named by it.
        Assigned,
        /// Holds it.
        Holds,
        /// Held it last.
        HeldLast,
        /// Belongs to its unit.
        Member,
        /// It names nobody.
        Unassigned,
        /// Heads its unit.
        Heads,
        /// Heads a unit its author belongs to.
        Answers,
        /// Places it, and it waits for that.
        Dispatches,
        /// Places such, and it is given to nobody.
        Unplaced,
        /// Asked to hear of it.
        Watches,
    }
}

/// Some of the ways to stand to an object.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(from = "Vec<RelationName>", into = "Vec<RelationName>")]
pub struct RelationSet(u16);

/// Which standing will do: any of these, each as a whole. None given: whatever the standing.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct RelationRule(pub Vec<RelationSet>);

impl RelationSet {
    /// No relation at all.
    pub const NONE: Self = Self(0);

    /// Each of the 4,096 sets there are.
    pub fn every() -> impl Iterator<Item = Self> {
        (0..1 << RelationName::iter().len()).map(Self)
    }

    /// Whether all of the other's are among these.
    pub fn includes(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    /// Whether this one is.
    pub fn contains(self, name: RelationName) -> bool {
        self.0 & Self::bit(name) != 0
    }

    /// These, in the order of the vocabulary.
    pub fn names(self) -> impl Iterator<Item = RelationName> {
        RelationName::iter().filter(move |name| self.contains(*name))
    }

    fn bit(name: RelationName) -> u16 {
        1 << name as u16
    }
}

impl FromIterator<RelationName> for RelationSet {
    fn from_iter<I: IntoIterator<Item = RelationName>>(names: I) -> Self {
        Self(names.into_iter().fold(0, |bits, name| bits | Self::bit(name)))
    }
}

impl From<Vec<RelationName>> for RelationSet {
    fn from(names: Vec<RelationName>) -> Self {
        names.into_iter().collect()
    }
}

impl From<RelationSet> for Vec<RelationName> {
    fn from(set: RelationSet) -> Self {
        set.names().collect()
    }
}

impl From<Relation> for RelationSet {
    fn from(relation: Relation) -> Self {
        let Relation {
            own,
            leads,
            assigned,
            holds,
            held_last,
            member,
            unassigned,
            heads,
            answers,
            dispatches,
            unplaced,
            watches,
        } = relation;
        let named = [
            (own, RelationName::Own),
            (leads, RelationName::Leads),
            (assigned, RelationName::Assigned),
            (holds, RelationName::Holds),
            (held_last, RelationName::HeldLast),
            (member, RelationName::Member),
            (unassigned, RelationName::Unassigned),
            (heads, RelationName::Heads),
            (answers, RelationName::Answers),
            (dispatches, RelationName::Dispatches),
            (unplaced, RelationName::Unplaced),
            (watches, RelationName::Watches),
        ];
        named.into_iter().filter(|(stands, _)| *stands).map(|(_, name)| name).collect()
    }
}

impl From<RelationSet> for Relation {
    fn from(set: RelationSet) -> Self {
        Self {
            own: set.contains(RelationName::Own),
            leads: set.contains(RelationName::Leads),
            assigned: set.contains(RelationName::Assigned),
            holds: set.contains(RelationName::Holds),
            held_last: set.contains(RelationName::HeldLast),
            member: set.contains(RelationName::Member),
            unassigned: set.contains(RelationName::Unassigned),
            heads: set.contains(RelationName::Heads),
            answers: set.contains(RelationName::Answers),
            dispatches: set.contains(RelationName::Dispatches),
            unplaced: set.contains(RelationName::Unplaced),
            watches: set.contains(RelationName::Watches),
        }
    }
}

impl RelationRule {
    /// Whatever the standing.
    pub const ALWAYS: Self = Self(Vec::new());

    /// Whether standing so will do.
    pub fn holds(&self, relation: RelationSet) -> bool {
        self.0.is_empty() || self.0.iter().any(|all| relation.includes(*all))
    }
}
