//! What has failed besides.

use super::{FED, World, impacted, item, saved};
use crate::cmdb::impact::Question;

fn with_others(root: u128, others: &[u128]) -> Question {
    let also_failed = others.iter().map(|number| item(*number)).collect();
    Question { also_failed, ..Question::about(item(root)) }
}

fn powered() -> World {
    let world = World::of(&[
        (3, "power_a", 1),
        (3, "power_b", 2),
        (4, "leans_on", 3),
        (5, "leans_on", 2),
        (6, "leans_on", 1),
    ]);
    world.with(3, FED, None)
}

#[test]
fn halves_add_up_and_what_is_theirs_stays_theirs() {
    let answer = powered().answer(&with_others(1, &[2]));
    assert_eq!(impacted(&answer), [(1, 0), (3, 1), (6, 1), (4, 2)].into());
    assert!(saved(&answer).is_empty());
    let chain = answer.reason(answer.node(item(4)).unwrap());
    assert_eq!(chain.last().unwrap().by, item(1));
}

#[test]
fn what_falls_from_the_others_alone_is_not_named_but_what_falls_from_both_is() {
    // 3 falls from 2 and 7 alone; 6 falls from 1 and from 2 alone.
    let world = World::of(&[
        (3, "power_a", 1),
        (3, "power_b", 2),
        (3, "leans_on", 7),
        (6, "leans_on", 1),
        (6, "leans_on", 2),
    ]);
    let world = world.with(3, FED, None);
    let answer = world.answer(&with_others(1, &[2, 7]));
    assert_eq!(impacted(&answer), [(1, 0), (6, 1)].into());
    assert!(answer.node(item(3)).is_none());
}

#[test]
fn a_feed_that_fails_later_elsewhere_counts_when_it_fails() {
    // 2 falls from 8 in the second round.
    let world = World::of(&[
        (3, "power_a", 1),
        (3, "power_b", 2),
        (2, "leans_on", 9),
        (9, "leans_on", 8),
        (4, "leans_on", 3),
    ]);
    let world = world.with(3, FED, None);
    let answer = world.answer(&with_others(1, &[8]));
    assert_eq!(impacted(&answer), [(1, 0), (3, 3), (4, 4)].into());
}

#[test]
fn others_that_change_nothing_are_not_looked_at() {
    let world = powered();
    let alone = world.answer(&Question::about(item(1)));
    assert_eq!(world.answer(&with_others(1, &[4, 5, 6])), alone);
    assert_eq!(world.answer(&with_others(6, &[1, 2])), world.answer(&Question::about(item(6))));
}

#[test]
fn two_of_three_up_become_none() {
    let world = World::of(&[(9, "power_a", 1), (9, "power_b", 2), (9, "power_b", 3)]);
    let world = world.with(9, FED, None);
    assert_eq!(saved(&world.answer(&with_others(1, &[2]))), [(9, (1, 3))].into());
    assert_eq!(impacted(&world.answer(&with_others(1, &[2, 3]))), [(1, 0), (9, 1)].into());
}
