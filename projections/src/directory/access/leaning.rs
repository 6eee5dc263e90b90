//! What the answers to commands on rights lean on besides whoever does it: that the humans concerned have
//! nothing else meanwhile, and that those stay who may give access.
//!
//! How often it had moved is read before what it is about, so that nothing slips in between.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::Premise;
use domain::access::known::AccessNeeds;
use domain::access::model::AccessSubject;
use domain::kernel::{AccessGroupId, PersonId};

use super::scene::Scene;
use super::settled::Settled;

/// All that it may be, as far as the rules tell: of groups, every one.
pub(super) fn premises(settled: &Settled, needs: &AccessNeeds) -> BTreeSet<Premise> {
    let mut premises = BTreeSet::new();
    let keeps = needs.keepers || !needs.behind.is_empty();
    if needs.subjects.is_empty() && needs.groups.is_empty() && !keeps {
        return premises;
    }
    premises.insert(Premise::Organization);
    premises.extend(settled.groups.all().map(|(id, _)| of_group(id)));
    for subject in &needs.subjects {
        premises.insert(Premise::of_subject(subject.stream()));
        match subject {
            AccessSubject::Person(id) => premises.extend(of_programs(settled, *id)),
            AccessSubject::Service(id) => {
                let owner = settled.services.get(id).copied();
                premises.extend(owner.map(Premise::Person));
                premises.extend(owner.into_iter().flat_map(|owner| of_programs(settled, owner)));
            }
            // Its people may be too many to be named.
            AccessSubject::Group(_) => premises.extend([Premise::Rules, Premise::Holdings]),
        }
    }
    premises
}

/// Of these, what it is: of groups, those that the subjects and the groups asked about are in.
pub(super) fn concerning(
    scene: &Scene,
    (needs, keeping): (&AccessNeeds, &BTreeSet<AccessGroupId>),
    moves: BTreeMap<Premise, i64>,
) -> BTreeMap<Premise, i64> {
    let asked = needs.groups.iter().copied().map(AccessSubject::Group);
    let near = scene.groups_near(needs.subjects.iter().copied().chain(asked));
    let is_far = |id: &AccessGroupId| !near.contains(id) && !keeping.contains(id);
    let groups = scene.settled.groups.all().map(|(id, _)| id);
    let far: BTreeSet<Premise> = groups.filter(is_far).map(of_group).collect();
    moves.into_iter().filter(|(premise, _)| !far.contains(premise)).collect()
}

fn of_group(id: AccessGroupId) -> Premise {
    Premise::of_subject(AccessSubject::Group(id).stream())
}

fn of_programs(settled: &Settled, owner: PersonId) -> impl Iterator<Item = Premise> + '_ {
    let programs = settled.services.iter().filter(move |(_, it)| **it == owner);
    programs.map(|(id, _)| Premise::of_subject(AccessSubject::Service(*id).stream()))
}
