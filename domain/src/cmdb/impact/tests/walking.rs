//! How much a walk asks for.

use std::sync::Arc;

use super::{FED, World, item};
use crate::cmdb::impact::{Direction, EDGES_MAX, Edge, Level, Question};

fn chain() -> World {
    World::of(&[(2, "leans_on", 1), (3, "leans_on", 2), (4, "leans_on", 3), (1, "leans_on", 4)])
}

#[test]
fn it_asks_once_a_round_and_never_twice_about_an_item() {
    assert_eq!(chain().answered(&Question::about(item(1))).1, 4);
    assert_eq!(chain().answered(&Question { depth: 2, ..Question::about(item(1)) }).1, 2);
}

#[test]
fn others_are_followed_only_when_something_is_saved() {
    let also_failed = vec![item(2), item(9)];
    let question = Question { also_failed, ..Question::about(item(1)) };
    assert_eq!(chain().answered(&question).1, 4);
    let world = World::of(&[(3, "power_a", 1), (3, "power_b", 2), (4, "leans_on", 3)]);
    // The root, then the other one, then what falls from both, then what falls from that.
    assert_eq!(world.with(3, FED, None).answered(&question).1, 4);
}

#[test]
fn a_walk_that_is_left_early_says_so() {
    let mut walk = chain().walk(&Question::about(item(1)));
    let level = chain().level(walk.wants().unwrap(), Direction::Impacts);
    walk.learn(level);
    let answer = walk.finish();
    assert!(answer.truncated);
    assert_eq!(answer.nodes.len(), 2);
}

#[test]
fn too_many_relations_are_cut_and_told() {
    let edges = |many: usize| {
        let many = u128::try_from(many).unwrap();
        let edge = |number| Edge { relation: Arc::from("leans_on"), from: number, to: item(1) };
        Level { edges: (2..2 + many).map(|nr| edge(item(nr))).collect(), nodes: Vec::new() }
    };
    let world = World::of(&[(2, "leans_on", 1)]);
    let asked = |many| {
        let mut walk = world.walk(&Question::about(item(1)));
        assert_eq!(walk.wants().unwrap().most, EDGES_MAX + 1);
        walk.learn(edges(many));
        walk.finish()
    };
    assert!(!asked(EDGES_MAX).truncated);
    assert!(asked(EDGES_MAX + 1).truncated);
    // Items that nothing is known of are not there.
    assert_eq!(asked(7).nodes.len(), 1);
}
