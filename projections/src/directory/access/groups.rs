//! Groups of those who have access: who belongs to which, and what they have.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::model::{AccessSubject, Grant};
use domain::access::population::{Attributes, Population};
use domain::kernel::{AccessGroupId, PersonId};

/// A group that is not over.
#[derive(Debug, Clone)]
pub(in crate::directory) struct Group {
    /// Who answers for it.
    pub(super) owner: PersonId,
    /// Who was added.
    pub(super) members: BTreeSet<AccessSubject>,
    /// Whoever is of this belongs to it besides.
    pub(super) population: Option<Population>,
    /// What its members have by it, past grants too.
    pub(super) held: Vec<Grant>,
}

/// All groups that are not over.
#[derive(Debug, Clone, Default)]
pub(in crate::directory) struct Groups {
    all: BTreeMap<AccessGroupId, Group>,
    /// Of each member, the groups they were added to.
    of: BTreeMap<AccessSubject, Vec<AccessGroupId>>,
}

impl Groups {
    pub(super) fn new(all: BTreeMap<AccessGroupId, Group>) -> Self {
        let mut of: BTreeMap<AccessSubject, Vec<AccessGroupId>> = BTreeMap::new();
        for (id, group) in &all {
            for member in &group.members {
                of.entry(*member).or_default().push(*id);
            }
        }
        Self { all, of }
    }

    pub(super) fn get(&self, id: AccessGroupId) -> Option<&Group> {
        self.all.get(&id)
    }

    /// Every group that the subject belongs to on this day, directly or not; of a person, as what they
    /// are.
    pub(super) fn around(
        &self,
        subject: AccessSubject,
        person: Option<(&Attributes, NaiveDate)>,
    ) -> BTreeSet<AccessGroupId> {
        let added = self.of.get(&subject).into_iter().flatten().copied();
        let meant = self.all.iter().filter(|(_, group)| {
            let population = group.population.as_ref().zip(person);
            population.is_some_and(|(population, (is, on))| population.includes(is, on))
        });
        let mut next: Vec<_> = added.chain(meant.map(|(id, _)| *id)).collect();
        let mut around = BTreeSet::new();
        while let Some(id) = next.pop() {
            if around.insert(id) {
                next.extend(self.of.get(&AccessSubject::Group(id)).into_iter().flatten());
            }
        }
        // Where two were added to each other at the same time.
        if let AccessSubject::Group(id) = subject {
            around.remove(&id);
        }
        around
    }
}
