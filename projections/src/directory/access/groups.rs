//! Groups of those who have access: who belongs to which, and what they have.
//!
//! Added to each other at the same time, two may lie within each other: nobody walks in a circle.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use domain::access::model::{AccessSubject, Grant};
use domain::access::population::{Attributes, Population};
use domain::kernel::AccessGroupId;

/// More than may lie one in the other: farther nobody looks.
const NESTED_MAX: usize = 16;

/// A group that is not over.
#[derive(Debug, Clone)]
pub(in crate::directory) struct Group {
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
    /// Those that are over.
    over: BTreeSet<AccessGroupId>,
}

impl Groups {
    pub(super) fn new(all: BTreeMap<AccessGroupId, Group>, over: BTreeSet<AccessGroupId>) -> Self {
        let mut of: BTreeMap<AccessSubject, Vec<AccessGroupId>> = BTreeMap::new();
        for (id, group) in &all {
            for member in &group.members {
                of.entry(*member).or_default().push(*id);
            }
        }
        Self { all, of, over }
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
        let mut around =
            walked(added.chain(meant.map(|(id, _)| *id)), |id| self.directly_around(id));
        if let AccessSubject::Group(id) = subject {
            around.remove(&id);
        }
        around
    }

    /// Every group within this one, at any depth.
    pub(super) fn within(&self, id: AccessGroupId) -> BTreeSet<AccessGroupId> {
        let mut within = walked(self.directly_within(id), |id| self.directly_within(id));
        within.remove(&id);
        within
    }

    /// How many groups lie within it, one in the other.
    pub(super) fn depth(&self, id: AccessGroupId) -> u8 {
        self.longest(&mut vec![id], &|id| self.directly_within(id))
    }

    /// How many it lies in, one in the other.
    pub(super) fn height(&self, id: AccessGroupId) -> u8 {
        self.longest(&mut vec![id], &|id| self.directly_around(id))
    }

    /// It and every group within it, as far as they are there.
    pub(super) fn whole(&self, id: AccessGroupId) -> impl Iterator<Item = &Group> {
        let all = self.within(id).into_iter().chain([id]);
        all.filter_map(|id| self.all.get(&id))
    }

    /// Those that are not over.
    pub(super) fn all(&self) -> impl Iterator<Item = (AccessGroupId, &Group)> {
        self.all.iter().map(|(id, group)| (*id, group))
    }

    /// Whether it was there once.
    pub(super) fn is_over(&self, id: AccessGroupId) -> bool {
        self.over.contains(&id)
    }

    fn directly_around(&self, id: AccessGroupId) -> Vec<AccessGroupId> {
        self.of.get(&AccessSubject::Group(id)).cloned().unwrap_or_default()
    }

    fn directly_within(&self, id: AccessGroupId) -> Vec<AccessGroupId> {
        let members = self.all.get(&id).into_iter().flat_map(|group| &group.members);
        let groups = members.filter_map(|member| match member {
            AccessSubject::Group(inner) => Some(*inner),
            AccessSubject::Person(_) | AccessSubject::Service(_) => None,
        });
        groups.collect()
    }

    /// The longest way on from the end of this one; none is longer than all there may be.
    fn longest(
        &self,
        way: &mut Vec<AccessGroupId>,
        next: &dyn Fn(AccessGroupId) -> Vec<AccessGroupId>,
    ) -> u8 {
        let Some(last) = way.last().copied().filter(|_| way.len() <= NESTED_MAX) else { return 0 };
        let mut longest = 0;
        for id in next(last) {
            if !way.contains(&id) {
                way.push(id);
                longest = longest.max(self.longest(way, next).saturating_add(1));
                way.pop();
            }
        }
        longest
    }
}

/// Everything that can be come to from these.
fn walked(
    from: impl IntoIterator<Item = AccessGroupId>,
    next: impl Fn(AccessGroupId) -> Vec<AccessGroupId>,
) -> BTreeSet<AccessGroupId> {
    let mut waiting: Vec<_> = from.into_iter().collect();
    let mut seen = BTreeSet::new();
    while let Some(id) = waiting.pop() {
        if seen.insert(id) {
            waiting.extend(next(id));
        }
    }
    seen
}
