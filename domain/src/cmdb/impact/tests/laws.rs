//! Laws of any walk over any small world.

use std::collections::{BTreeMap, BTreeSet, VecDeque};

use proptest::prelude::*;

use super::evaluator::{fallen, saved};
use super::{FED, HALF, PLAIN, RELATIONS, World, count, item, percent};
use crate::cmdb::Redundancy;
use crate::cmdb::impact::{Answer, Direction, Question, State};
use crate::kernel::CiId;
use crate::kernel::testing::cases;

const ITEMS: u128 = 9;

fn word() -> impl Strategy<Value = Option<Redundancy>> {
    let shares = prop::sample::select(vec!["0", "33.3", "50", "66.6666"]).prop_map(percent);
    let counts = prop::sample::select(vec!["0", "1", "1.5", "2"]).prop_map(count);
    let said = (prop::bool::weighted(0.8), prop_oneof![shares, counts]);
    let said = said.prop_map(|(enabled, said)| Redundancy { enabled, ..said });
    prop::option::weighted(0.4, said)
}

fn any_world() -> impl Strategy<Value = World> {
    let thing =
        || (prop::sample::select(vec![PLAIN, FED, HALF]), prop::bool::weighted(0.9), word());
    let things: Vec<_> = (1..=ITEMS).map(|_| thing()).collect();
    let names: Vec<&str> = RELATIONS.iter().map(|(name, _, _)| *name).collect();
    let edge = (1..=ITEMS, prop::sample::select(names), 1..=ITEMS);
    (things, prop::collection::vec(edge, 0..24)).prop_map(|(things, edges)| {
        let mut world = World { edges, ..World::default() };
        for (number, (class, passes, said)) in (1..).zip(things) {
            world = world.with(number, class, said);
            if !passes {
                world = world.without_service(number);
            }
        }
        world
    })
}

fn some_items(most: usize) -> impl Strategy<Value = Vec<CiId>> {
    prop::collection::vec((1..=ITEMS + 1).prop_map(item), 0..=most)
}

fn any_question() -> impl Strategy<Value = Question> {
    let ways = prop::sample::select(vec![Direction::Impacts, Direction::DependsOn]);
    let asked = (some_items(2), 1..=ITEMS, ways, 1..=6_u32, prop::bool::weighted(0.8));
    (asked, some_items(1)).prop_map(|((mut roots, root, direction, depth, redundancy), walls)| {
        roots.push(item(root));
        let base = Question::about(item(root));
        Question { roots, direction, depth, redundancy, walls, ..base }
    })
}

/// What falls, followed to its end, when others have failed besides.
fn question_with_others() -> impl Strategy<Value = Question> {
    (any_question(), some_items(3)).prop_map(|(question, also_failed)| Question {
        also_failed,
        direction: Direction::Impacts,
        redundancy: true,
        depth: 20,
        ..question
    })
}

type Found = BTreeMap<CiId, (u32, Option<(u32, u32)>)>;

fn in_state(answer: &Answer, state: State) -> Found {
    let nodes = answer.nodes.iter().filter(|node| node.state == state);
    nodes.map(|node| (node.ci, (node.depth, node.up))).collect()
}

fn depths(found: Found) -> BTreeMap<CiId, u32> {
    found.into_iter().map(|(ci, (depth, _))| (ci, depth)).collect()
}

/// Breadth first, over relations and nothing else.
fn distances(world: &World, question: &Question) -> BTreeMap<CiId, u32> {
    let serves = |ci: &CiId| world.items.get(ci).is_some_and(|thing| thing.passes);
    let roots = question.roots.iter().filter(|ci| world.items.contains_key(ci));
    let mut found: BTreeMap<CiId, u32> = roots.map(|ci| (*ci, 0)).collect();
    let mut waiting: VecDeque<CiId> = found.keys().copied().collect();
    while let Some(near) = waiting.pop_front() {
        let depth = found[&near] + 1;
        if !serves(&near) || depth > question.depth {
            continue;
        }
        for (_, _, far) in world.ways(question.direction).iter().filter(|way| way.0 == near) {
            if serves(far) && !question.walls.contains(far) && !found.contains_key(far) {
                found.insert(*far, depth);
                waiting.push_back(*far);
            }
        }
    }
    found
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn a_walk_finds_what_the_slow_way_finds(world in any_world(), question in any_question()) {
        let answer = world.answer(&question);
        let expected = fallen(&world, &question, &question.roots);
        let spared = saved(&world, &question, (&expected, &BTreeMap::new()));
        prop_assert_eq!(depths(in_state(&answer, State::Impacted)), expected);
        let found = in_state(&answer, State::NotImpacted).into_iter();
        let found: BTreeMap<_, _> =
            found.map(|(ci, (depth, up))| (ci, (depth, up.unwrap()))).collect();
        prop_assert_eq!(found, spared);
        prop_assert!(!answer.truncated);
    }

    #[test]
    fn without_redundancy_it_is_reachability(
        world in any_world(),
        question in any_question(),
        depth in prop::sample::select(vec![1, 2, 20]),
    ) {
        let question = Question { redundancy: false, depth, ..question };
        let found = depths(in_state(&world.answer(&question), State::Impacted));
        prop_assert_eq!(found, distances(&world, &question));
    }

    #[test]
    fn the_order_of_relations_does_not_matter(
        (world, shuffled) in any_world().prop_flat_map(|world| {
            let edges = Just(world.edges.clone()).prop_shuffle();
            (Just(world), edges)
        }),
        (question, roots) in question_with_others().prop_flat_map(|question| {
            let roots = Just(question.roots.clone()).prop_shuffle();
            (Just(question), roots)
        }),
        depth in 1..=20_u32,
    ) {
        let question = Question { depth, ..question };
        let other = World { edges: shuffled, ..world.clone() };
        let shuffled = other.answer(&Question { roots, ..question.clone() });
        prop_assert_eq!(world.answer(&question), shuffled);
    }

    #[test]
    fn with_others_it_names_what_needs_the_roots(
        world in any_world(),
        question in question_with_others(),
    ) {
        let answer = world.answer(&question);
        let alone = fallen(&world, &question, &question.roots);
        let theirs = fallen(&world, &question, &question.also_failed);
        let both = [question.roots.clone(), question.also_failed.clone()].concat();
        let mut ours = fallen(&world, &question, &both);
        ours.retain(|ci, _| alone.contains_key(ci) || !theirs.contains_key(ci));
        let found = in_state(&answer, State::Impacted);
        prop_assert!(found.keys().eq(ours.keys()), "{:?} is not {:?}", found, ours);
        // What is saved leans on something of ours, and counts what is theirs.
        let spared = saved(&world, &question, (&ours, &theirs));
        let spared: Vec<_> = spared.into_iter().map(|(ci, (_, up))| (ci, Some(up))).collect();
        let found = in_state(&answer, State::NotImpacted).into_iter();
        prop_assert_eq!(found.map(|(ci, (_, up))| (ci, up)).collect::<Vec<_>>(), spared);
    }

    #[test]
    fn every_reason_is_a_way_from_a_root(
        world in any_world(),
        question in question_with_others(),
        depth in 1..=20_u32,
    ) {
        let question = Question { depth, ..question };
        let answer = world.answer(&question);
        let ways = world.ways(question.direction);
        for node in &answer.nodes {
            let (mut at, mut depth) = (node.ci, node.depth);
            for step in answer.reason(node) {
                let way = |(up, name, down): &(CiId, &str, CiId)| {
                    (*up, *down) == (step.by, at) && **name == *step.relation
                };
                prop_assert!(ways.iter().any(way), "{:?} to {}", step, at);
                let by = answer.node(step.by).unwrap();
                prop_assert!(by.depth < depth && by.state == State::Impacted);
                (at, depth) = (step.by, by.depth);
            }
            prop_assert!(question.roots.contains(&at));
        }
    }

    #[test]
    fn edges_go_out_of_what_is_nearer_than_the_depth(
        world in any_world(),
        question in any_question(),
    ) {
        let answer = world.answer(&question);
        let near = |ci: &CiId| {
            let falls = |node: &crate::cmdb::impact::Node| {
                node.state == State::Impacted && node.depth < question.depth
            };
            answer.node(*ci).is_some_and(falls) && world.items[ci].passes
        };
        let named = |ci: &CiId| answer.node(*ci).is_some() && world.items[ci].passes;
        let ways = world.ways(question.direction).into_iter();
        let expected: BTreeSet<_> =
            ways.filter(|(up, _, down)| near(up) && named(down)).collect();
        prop_assert_eq!(answer.edges.len(), expected.len());
    }

    #[test]
    fn a_limit_is_kept_and_told(
        world in any_world(),
        question in any_question(),
        limit in 1..=8_usize,
    ) {
        let whole = world.answer(&question);
        let part = world.answer(&Question { limit, ..question.clone() });
        prop_assert!(part.nodes.len() <= limit);
        prop_assert_eq!(part.truncated, whole.nodes.len() > limit);
        if !part.truncated {
            prop_assert_eq!(&part, &whole);
        }
        if !question.redundancy {
            prop_assert_eq!(&part.nodes[..], &whole.nodes[..part.nodes.len()]);
        }
    }
}
