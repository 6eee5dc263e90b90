//! Which accounts are one human's.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::model::{AccessSubject, Human};
use domain::kernel::{PersonId, ServiceAccountId};

/// Every second account, and every program that somebody answers for; whoever else there is acts with
/// one account.
#[derive(Debug, Default)]
pub(in crate::directory) struct Humans {
    /// Of every linked account.
    known: BTreeMap<PersonId, Human>,
    people: BTreeMap<Human, BTreeSet<PersonId>>,
    programs: BTreeMap<PersonId, BTreeSet<ServiceAccountId>>,
}

impl Humans {
    /// From what is linked to what, and who answers for which program. Links that were made at the
    /// same time may form a chain, or a ring: all of it is one human's.
    pub(super) fn of(
        links: &BTreeMap<PersonId, Human>,
        services: &BTreeMap<ServiceAccountId, PersonId>,
    ) -> Self {
        let mut humans = Self::default();
        for account in links.keys() {
            let human = end(links, *account);
            humans.known.insert(*account, human);
            humans.people.entry(human).or_insert_with(|| [human.0].into()).insert(*account);
        }
        for (program, owner) in services {
            humans.programs.entry(*owner).or_default().insert(*program);
        }
        humans
    }

    /// Which human acts with this account.
    pub(in crate::directory) fn behind(&self, person: PersonId) -> Human {
        self.known.get(&person).copied().unwrap_or(Human(person))
    }

    /// Every person's account that this human acts with.
    pub(super) fn people(&self, human: Human) -> BTreeSet<PersonId> {
        self.people.get(&human).cloned().unwrap_or_else(|| [human.0].into())
    }

    /// The same people and every other account of theirs.
    pub(super) fn all(&self, people: &BTreeSet<PersonId>) -> BTreeSet<PersonId> {
        people.iter().flat_map(|person| self.people(self.behind(*person))).collect()
    }

    /// Everybody who has several accounts, by all of these.
    pub(super) fn linked(&self) -> impl Iterator<Item = PersonId> + '_ {
        self.people.values().flatten().copied()
    }

    /// The person's account, and the programs that are answered for with it.
    pub(super) fn accounts(&self, person: PersonId) -> impl Iterator<Item = AccessSubject> + '_ {
        let programs = self.programs.get(&person).into_iter().flatten();
        let programs = programs.map(|program| AccessSubject::Service(*program));
        [AccessSubject::Person(person)].into_iter().chain(programs)
    }
}

/// Where a chain of links ends; of a ring, the first of its accounts.
fn end(links: &BTreeMap<PersonId, Human>, from: PersonId) -> Human {
    let (mut at, mut met) = (from, BTreeSet::new());
    while let Some(next) = links.get(&at) {
        if !met.insert(at) {
            let ring = std::iter::successors(Some(next.0), |it| links.get(it).map(|it| it.0));
            let ring = ring.take(met.len());
            return Human(ring.min().unwrap_or(at));
        }
        at = next.0;
    }
    Human(at)
}
