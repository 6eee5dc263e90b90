//! Cases made by hand.

use std::collections::BTreeMap;

use super::{FED, HALF, PLAIN, World, count, impacted, item, percent, saved};
use crate::cmdb::Redundancy;
use crate::cmdb::impact::{Direction, Question, State, Unfit};

fn depths<const N: usize>(expected: [(u128, u32); N]) -> BTreeMap<u128, u32> {
    expected.into()
}

#[test]
fn what_leans_on_it_falls_at_its_distance() {
    let world = World::of(&[(2, "leans_on", 1), (3, "leans_on", 2), (2, "member_of", 4)]);
    assert_eq!(world.falls_with(1), depths([(1, 0), (2, 1), (3, 2), (4, 2)]));
    assert_eq!(world.falls_with(4), depths([(4, 0)]));
}

#[test]
fn what_it_leans_on_is_found_the_same_way_back() {
    let world = World::of(&[(2, "leans_on", 1), (3, "leans_on", 2), (4, "contact_of", 2)]);
    let back = Question { direction: Direction::DependsOn, ..Question::about(item(3)) };
    assert_eq!(impacted(&world.answer(&back)), depths([(3, 0), (2, 1), (1, 2)]));
    // Followed downwards alone.
    let back = Question { roots: vec![item(4)], ..back };
    assert_eq!(impacted(&world.answer(&back)), depths([(4, 0)]));
    assert_eq!(world.falls_with(1), depths([(1, 0), (2, 1), (3, 2), (4, 2)]));
}

#[test]
fn relations_without_a_flow_lead_nowhere() {
    let world = World::of(&[(1, "beside", 2), (2, "beside", 1)]);
    assert_eq!(world.falls_with(1), depths([(1, 0)]));
}

#[test]
fn circles_end() {
    let world = World::of(&[(1, "leans_on", 1), (2, "leans_on", 1), (1, "leans_on", 2)]);
    let answer = world.answer(&Question::about(item(1)));
    assert_eq!(impacted(&answer), depths([(1, 0), (2, 1)]));
    assert_eq!(answer.edges.len(), 3);
}

#[test]
fn one_of_two_feeds_saves() {
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2), (4, "leans_on", 3)]);
    let world = world.with(3, FED, None);
    let answer = world.answer(&Question::about(item(1)));
    assert_eq!(impacted(&answer), depths([(1, 0)]));
    assert_eq!(saved(&answer), [(3, (1, 2))].into());
    assert_eq!(answer.edges.len(), 1);
    let both = Question { roots: vec![item(1), item(2)], ..Question::about(item(1)) };
    assert_eq!(impacted(&world.answer(&both)), depths([(1, 0), (2, 0), (3, 1), (4, 2)]));
    let plainly = Question { redundancy: false, ..Question::about(item(1)) };
    assert_eq!(impacted(&world.answer(&plainly)), depths([(1, 0), (3, 1), (4, 2)]));
}

#[test]
fn one_item_by_two_relations_counts_once() {
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 1)]).with(3, FED, None);
    assert_eq!(world.falls_with(1), depths([(1, 0), (3, 1)]));
}

#[test]
fn another_relation_brings_down_at_once() {
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2), (3, "leans_on", 1)]);
    assert_eq!(world.with(3, FED, None).falls_with(1), depths([(1, 0), (3, 1)]));
}

#[test]
fn the_last_needed_feed_sets_the_depth() {
    // 1 brings 2 down, and 2 brings 5 down: the second feed of 4 fails in the second round.
    let world = World::of(&[
        (4, "power_a", 1),
        (4, "power_b", 5),
        (2, "leans_on", 1),
        (5, "leans_on", 2),
        (6, "leans_on", 4),
    ]);
    let world = world.with(4, FED, None);
    let all = depths([(1, 0), (2, 1), (5, 2), (4, 3), (6, 4)]);
    assert_eq!(world.falls_with(1), all);
    let near = Question { depth: 2, ..Question::about(item(1)) };
    let answer = world.answer(&near);
    assert_eq!(impacted(&answer), depths([(1, 0), (2, 1), (5, 2)]));
    assert_eq!(saved(&answer), [(4, (1, 2))].into());
    let answer = world.answer(&Question { depth: 3, ..near });
    assert_eq!(impacted(&answer), depths([(1, 0), (2, 1), (5, 2), (4, 3)]));
    assert!(saved(&answer).is_empty());
}

#[test]
fn shares_are_exact() {
    let members = [(1, "member_of", 9), (2, "member_of", 9), (3, "member_of", 9)];
    let ask = |share: &str, failed: &[u128]| {
        let world = World::of(&members).with(9, HALF, Some(percent(share)));
        let roots = failed.iter().map(|number| item(*number)).collect();
        let answer = world.answer(&Question { roots, ..Question::about(item(1)) });
        answer.node(item(9)).unwrap().state
    };
    // Of three, 33.333333 % are a little less than one, 33.333334 % a little more.
    assert_eq!(ask("33.333333", &[1, 2]), State::NotImpacted);
    assert_eq!(ask("33.333334", &[1, 2]), State::Impacted);
    assert_eq!(ask("33.333334", &[1]), State::NotImpacted);
    assert_eq!(ask("50", &[1]), State::NotImpacted);
    assert_eq!(ask("66.7", &[1]), State::Impacted);
    assert_eq!(ask("100", &[1]), State::Impacted);
    assert_eq!(ask("0", &[1, 2, 3]), State::NotImpacted);
}

#[test]
fn counts_may_be_fractions_too() {
    let members = [(1, "member_of", 9), (2, "member_of", 9)];
    let ask = |needed: &str| World::of(&members).with(9, HALF, Some(count(needed))).falls_with(1);
    assert_eq!(ask("1"), depths([(1, 0)]));
    assert_eq!(ask("1.5"), depths([(1, 0), (9, 1)]));
    assert_eq!(ask("7"), depths([(1, 0), (9, 1)]));
}

#[test]
fn an_item_has_its_own_word_unless_its_class_is_firm() {
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2), (4, "member_of", 3)]);
    // The firm rule of power stays, and the other one is off.
    let off = Redundancy { enabled: false, ..count("2") };
    let world = world.with(3, FED, Some(off));
    assert_eq!(world.falls_with(1), depths([(1, 0)]));
    assert_eq!(world.falls_with(4), depths([(4, 0), (3, 1)]));
    let on = world.with(3, FED, Some(count("0")));
    assert_eq!(on.falls_with(1), depths([(1, 0)]));
    assert_eq!(on.falls_with(4), depths([(4, 0)]));
}

#[test]
fn what_is_out_of_service_neither_falls_nor_leads_on_nor_counts() {
    let world = World::of(&[(2, "leans_on", 1), (3, "leans_on", 2)]).without_service(2);
    assert_eq!(world.falls_with(1), depths([(1, 0)]));
    assert_eq!(world.falls_with(2), depths([(2, 0)]));
    let back = Question { direction: Direction::DependsOn, ..Question::about(item(3)) };
    assert_eq!(impacted(&world.answer(&back)), depths([(3, 0)]));
    // The one feed that is left is all there is.
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2)]).with(3, FED, None);
    let world = world.without_service(2);
    assert_eq!(world.falls_with(1), depths([(1, 0), (3, 1)]));
    // And with no feed in service nothing can fail.
    assert_eq!(world.without_service(1).falls_with(1), depths([(1, 0)]));
}

#[test]
fn walls_do_not_fall_but_are_up() {
    let world = World::of(&[(2, "leans_on", 1), (3, "leans_on", 2), (4, "leans_on", 1)]);
    let question = Question { walls: vec![item(2)], ..Question::about(item(1)) };
    let answer = world.answer(&question);
    assert_eq!(impacted(&answer), depths([(1, 0), (4, 1)]));
    assert!(answer.node(item(2)).is_none());
    let world = World::of(&[(5, "power_a", 2), (5, "power_b", 3), (2, "leans_on", 1)]);
    let world = world.with(5, FED, None);
    let roots = vec![item(1), item(3)];
    let answer = world.answer(&Question { roots, ..question });
    assert_eq!(saved(&answer), [(5, (1, 2))].into());
}

#[test]
fn the_reason_leads_back_to_the_root() {
    let world = World::of(&[(2, "leans_on", 1), (3, "leans_on", 2), (3, "power_a", 9)]);
    let answer = world.answer(&Question::about(item(1)));
    let reason = answer.reason(answer.node(item(3)).unwrap());
    let steps: Vec<_> = reason.iter().map(|step| (&*step.relation, step.by)).collect();
    assert_eq!(steps, [("leans_on", item(2)), ("leans_on", item(1))]);
    assert!(answer.reason(answer.node(item(1)).unwrap()).is_empty());
}

#[test]
fn what_is_not_there_is_not_named() {
    let world = World::of(&[(2, "leans_on", 1)]).with(7, PLAIN, None);
    assert_eq!(world.falls_with(5), depths([]));
    assert_eq!(world.falls_with(7), depths([(7, 0)]));
}

#[test]
fn depths_are_from_one_to_twenty() {
    for depth in [0, 21, u32::MAX] {
        let question = Question { depth, ..Question::about(item(1)) };
        assert_eq!(question.fit(), Err(Unfit::Depth));
    }
    assert_eq!(Question { depth: 1, ..Question::about(item(1)) }.fit(), Ok(()));
}
