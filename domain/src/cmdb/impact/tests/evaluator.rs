//! The same said once more, slowly: whatever falls by the rules is looked for among all items, again
//! and again, until nothing more falls.

use std::collections::{BTreeMap, BTreeSet};

use rust_decimal::Decimal;

use super::{World, catalogue, item};
use crate::cmdb::impact::{Direction, Question};
use crate::cmdb::{Measure, Redundancy};
use crate::kernel::CiId;

type Ways = [(CiId, &'static str, CiId)];

/// What falls when these have failed, with its round.
pub(super) fn fallen(world: &World, question: &Question, starts: &[CiId]) -> BTreeMap<CiId, u32> {
    let ways = world.ways(question.direction);
    let there = starts.iter().filter(|ci| world.items.contains_key(ci));
    let mut fallen: BTreeMap<CiId, u32> = there.map(|ci| (*ci, 0)).collect();
    for round in 1..=question.depth {
        let now = fallen.clone();
        for ci in standing(world, question, &now) {
            if has_fallen(world, question, (&ways, &now), ci) {
                fallen.insert(ci, round);
            }
        }
    }
    fallen
}

/// Whatever is in service, no wall, and has not fallen.
fn standing(world: &World, question: &Question, now: &BTreeMap<CiId, u32>) -> Vec<CiId> {
    let all = world.items.iter().filter(|(_, thing)| thing.passes);
    let open = all.filter(|(ci, _)| !question.walls.contains(ci) && !now.contains_key(ci));
    open.map(|(ci, _)| *ci).collect()
}

fn has_fallen(
    world: &World,
    question: &Question,
    (ways, now): (&Ways, &BTreeMap<CiId, u32>),
    ci: CiId,
) -> bool {
    let rules = rules(world, question, ci);
    let failed = |up: &CiId| now.contains_key(up) && world.items[up].passes;
    let at_once = ways.iter().any(|(up, relation, down)| {
        let bound = rules.iter().any(|(names, _)| names.iter().any(|name| name == relation));
        *down == ci && !bound && failed(up)
    });
    let too_many = |(names, said): &(Vec<String>, Redundancy)| {
        let all = upstream(world, ways, names, ci);
        let failed = all.iter().filter(|up| failed(up)).count();
        failed >= 1 && exceeds(failed, all.len(), said)
    };
    at_once || rules.iter().any(too_many)
}

/// `failed > max(0, all - min_up)`, multiplied so that nothing is divided.
fn exceeds(failed: usize, all: usize, said: &Redundancy) -> bool {
    let (failed, all) = (Decimal::from(failed), Decimal::from(all));
    let hundred = Decimal::ONE_HUNDRED;
    let threshold = match said.measure {
        Measure::Count => (all - said.min_up) * hundred,
        Measure::Percent => all * hundred - all * said.min_up,
    };
    failed * hundred > threshold.max(Decimal::ZERO)
}

/// The different items in service that feed an item by these relations.
fn upstream(world: &World, ways: &Ways, names: &[String], ci: CiId) -> BTreeSet<CiId> {
    let by = |relation: &str| names.iter().any(|name| name == relation);
    let feeding = ways.iter().filter(|(_, relation, down)| *down == ci && by(relation));
    feeding.map(|(up, _, _)| *up).filter(|up| world.items[up].passes).collect()
}

/// What holds for an item: relations, and how many must be up.
fn rules(world: &World, question: &Question, ci: CiId) -> Vec<(Vec<String>, Redundancy)> {
    if !question.redundancy || question.direction == Direction::DependsOn {
        return Vec::new();
    }
    let (catalogue, thing) = (catalogue(), &world.items[&ci]);
    let mut rules = Vec::new();
    for rule in &catalogue.by_id(thing.class).unwrap().redundancy {
        let (enabled, min_up, measure) = (rule.enabled, rule.min_up, rule.measure);
        let own = thing.redundancy.clone().filter(|_| !rule.fixed);
        let said = own.unwrap_or(Redundancy { enabled, min_up, measure });
        if said.enabled {
            rules.push((rule.relations.clone(), said));
        }
    }
    rules
}

/// What would fall but for its redundancy: with its round, how many are up, and of how many. Besides
/// what has fallen, others' failures count.
pub(super) fn saved(
    world: &World,
    question: &Question,
    (fallen, others): (&BTreeMap<CiId, u32>, &BTreeMap<CiId, u32>),
) -> BTreeMap<CiId, (u32, (u32, u32))> {
    let ways = world.ways(question.direction);
    let before = |depths: &BTreeMap<CiId, u32>, up: &CiId| {
        depths.get(up).is_some_and(|depth| *depth < question.depth)
    };
    let mut saved = BTreeMap::new();
    for ci in standing(world, question, fallen) {
        if others.contains_key(&ci) {
            continue;
        }
        for (names, _) in rules(world, question, ci) {
            let all = upstream(world, &ways, &names, ci);
            let ours = all.iter().filter(|up| before(fallen, up));
            let Some(first) = ours.map(|up| fallen[up]).min() else { continue };
            let gone = all.iter().filter(|up| before(fallen, up) || before(others, up)).count();
            let all = u32::try_from(all.len()).unwrap();
            let up = all - u32::try_from(gone).unwrap();
            saved.entry(ci).or_insert((first + 1, (up, all)));
        }
    }
    saved
}

#[test]
fn it_knows_the_simplest_cases() {
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2), (4, "leans_on", 3)]);
    let world = world.with(3, super::FED, None);
    let question = Question::about(item(1));
    let alone = fallen(&world, &question, &[item(1)]);
    assert_eq!(alone, [(item(1), 0)].into());
    let none = BTreeMap::new();
    assert_eq!(saved(&world, &question, (&alone, &none)), [(item(3), (1, (1, 2)))].into());
    let both = fallen(&world, &question, &[item(1), item(2)]);
    assert_eq!(both.len(), 4);
}
