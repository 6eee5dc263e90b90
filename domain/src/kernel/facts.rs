//! What a decision needs to know of other aggregates, fetched before it is made.
//!
//! A command names its [`Needs`]; the gateway answers with [`Facts`] from the inline views, so that
//! `decide` stays a plain function.

use std::collections::{BTreeMap, BTreeSet};

use super::ids::{PersonId, SubjectId, UnitId};
use crate::person::PersonKind;
use crate::unit::UnitKind;

/// Which others a command refers to.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Needs {
    /// People named by the command or the state it meets.
    pub people: BTreeSet<PersonId>,
    /// Units likewise.
    pub units: BTreeSet<UnitId>,
    /// Subjects likewise.
    pub subjects: BTreeSet<SubjectId>,
}

impl Needs {
    /// Whether nothing has to be fetched.
    pub fn is_empty(&self) -> bool {
        self.people.is_empty() && self.units.is_empty() && self.subjects.is_empty()
    }
}

/// What is known of a person.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PersonFacts {
    /// Staff or client.
    pub kind: PersonKind,
    /// Neither suspended nor gone.
    pub active: bool,
    /// Units this person belongs to.
    pub units: BTreeSet<UnitId>,
}

/// What is known of a unit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnitFacts {
    /// What sort of unit.
    pub kind: UnitKind,
}

/// The answers; whoever is absent does not exist.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Facts {
    /// People by identity.
    pub people: BTreeMap<PersonId, PersonFacts>,
    /// Units by identity.
    pub units: BTreeMap<UnitId, UnitFacts>,
    /// The subjects that exist.
    pub subjects: BTreeSet<SubjectId>,
}

impl Facts {
    /// Whether this person is active staff and, when a unit is named, belongs to it.
    pub fn can_work(&self, person: PersonId, unit: Option<UnitId>) -> bool {
        self.people.get(&person).is_some_and(|facts| {
            facts.active
                && facts.kind == PersonKind::Staff
                && unit.is_none_or(|unit| facts.units.contains(&unit))
        })
    }
}
