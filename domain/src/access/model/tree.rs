//! The tree of places, and the barriers in it.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use uuid::Uuid;

use super::registry::ActionClass;
use super::scope::{Scope, ScopePath};
use crate::kernel::{CiId, UnitId};

/// Some of the classes of actions.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize,
)]
#[serde(from = "Vec<ActionClass>", into = "Vec<ActionClass>")]
pub struct ClassSet(u8);

/// Every place there is, and where grants from above stop.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ScopeTree {
    places: BTreeMap<ScopePath, ClassSet>,
    barriers: Vec<(ScopePath, ClassSet)>,
    units: BTreeMap<UnitId, ScopePath>,
}

impl ClassSet {
    /// None of them.
    pub const NONE: Self = Self(0);
    /// Each of them.
    pub const ALL: Self = Self(0b1111);

    /// Whether it is none of them.
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }

    /// Whether this class is one of them.
    pub fn contains(self, class: ActionClass) -> bool {
        self.0 & Self::bit(class) != 0
    }

    fn bit(class: ActionClass) -> u8 {
        1 << class as u8
    }
}

impl FromIterator<ActionClass> for ClassSet {
    fn from_iter<I: IntoIterator<Item = ActionClass>>(classes: I) -> Self {
        Self(classes.into_iter().fold(0, |bits, class| bits | Self::bit(class)))
    }
}

impl From<Vec<ActionClass>> for ClassSet {
    fn from(classes: Vec<ActionClass>) -> Self {
        classes.into_iter().collect()
    }
}

impl From<ClassSet> for Vec<ActionClass> {
    fn from(set: ClassSet) -> Self {
        use strum::IntoEnumIterator;
        ActionClass::iter().filter(|class| set.contains(*class)).collect()
    }
}

impl FromIterator<(ScopePath, ClassSet)> for ScopeTree {
    /// Of places named twice, all barriers stand.
    fn from_iter<I: IntoIterator<Item = (ScopePath, ClassSet)>>(places: I) -> Self {
        let mut tree = Self::default();
        for (path, classes) in places {
            tree.places.entry(path).or_default().0 |= classes.0;
        }
        let barriers = tree.places.iter().filter(|(_, classes)| **classes != ClassSet::NONE);
        tree.barriers = barriers.map(|(path, classes)| (path.clone(), *classes)).collect();
        let unit = |path: &ScopePath| {
            let id = Uuid::try_parse(path.segments().last()?).ok()?;
            Some((UnitId(id), path.clone()))
        };
        tree.units = tree.places.keys().filter_map(unit).collect();
        tree
    }
}

impl ScopeTree {
    /// Whether there is such a place; the root is always there.
    pub fn knows(&self, path: &ScopePath) -> bool {
        path.is_root() || self.places.contains_key(path)
    }

    /// Where a unit lies: its path ends with its identity. One that is not there lies at the root.
    pub fn place_of(&self, unit: UnitId) -> ScopePath {
        self.units.get(&unit).cloned().unwrap_or_default()
    }

    /// The same scope, its place said in full: whoever names a unit means it where it lies now.
    pub fn resolved(&self, scope: &Scope) -> Scope {
        let Scope::Node(path) = scope else { return scope.clone() };
        let last = path.segments().last().and_then(|name| Uuid::try_parse(name).ok());
        let full = last.and_then(|unit| self.units.get(&UnitId(unit)));
        full.map_or_else(|| scope.clone(), |full| Scope::Node(full.clone()))
    }

    /// The same places, with this barrier at one of them instead of the one that is there.
    #[must_use]
    pub fn redrawn(&self, place: &ScopePath, classes: ClassSet) -> Self {
        let mut places = self.places.clone();
        places.insert(place.clone(), classes);
        places.into_iter().collect()
    }

    /// The units that lie at this place or below.
    pub fn units_within<'a>(&'a self, place: &'a ScopePath) -> impl Iterator<Item = UnitId> + 'a {
        self.units.iter().filter(|(_, path)| place.contains(path)).map(|(unit, _)| *unit)
    }

    /// The barriers against this class, in the order of their places.
    pub fn barriers(&self, class: ActionClass) -> impl Iterator<Item = &ScopePath> {
        self.barriers.iter().filter(move |(_, to)| to.contains(class)).map(|(path, _)| path)
    }

    /// Whether a grant that holds there reaches an object that lies here and is this item, if it is
    /// one: from above through no barrier against the class, unless it pierces them.
    pub fn covers(
        &self,
        scope: &Scope,
        (place, item): (&ScopePath, Option<CiId>),
        class: ActionClass,
        pierces: bool,
    ) -> bool {
        scope.contains(place, item) && (pierces || !self.wall(place, class).stops(scope))
    }

    /// The barrier that this place lies behind.
    pub(in crate::access) fn wall(&self, place: &ScopePath, class: ActionClass) -> Wall {
        let before = self.barriers(class).filter(|barrier| barrier.contains(place));
        Wall(before.map(|barrier| barrier.text().len()).max().unwrap_or(0))
    }
}

/// How far down the deepest barrier above a place stands. All on the way down to that place are
/// prefixes of it, so their lengths say which is above which.
#[derive(Debug, Clone, Copy)]
pub(in crate::access) struct Wall(usize);

impl Wall {
    /// Whether what holds there, above the place, ends at the barrier.
    pub(in crate::access) fn stops(self, scope: &Scope) -> bool {
        match scope {
            Scope::Everywhere => self.0 > 0,
            Scope::Node(node) => self.0 > node.text().len(),
            Scope::Item(_) => false,
        }
    }
}
