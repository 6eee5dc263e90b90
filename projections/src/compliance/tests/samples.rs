//! Samples: anybody draws the same.

use std::collections::BTreeSet;

use domain::compliance_report::Question;

use super::super::drawn;
use super::figures::before;
use super::{always, draw, made_of};
use crate::testing::World;

#[test]
fn the_same_seed_draws_the_same_whatever_the_order() {
    let forwards = drawn(&draw("2026"), "leavers", 1..=1_000);
    let backwards = drawn(&draw("2026"), "leavers", (1..=1_000).rev());
    assert_eq!(forwards, backwards);
    assert_eq!(forwards.len(), 25);
    assert!(forwards.is_sorted_by(|one, next| one < next));
    assert_ne!(forwards, drawn(&draw("2027"), "leavers", 1..=1_000));
    assert_ne!(
        forwards,
        drawn(&draw("2026"), "joined", 1..=1_000),
        "no population draws for another"
    );
    assert_eq!(
        drawn(&draw("2026"), "leavers", [9, 3, 9]),
        [3, 9],
        "no more than there are, each once"
    );
}

#[test]
fn what_is_drawn_is_what_a_shell_finds() {
    // printf 'seed\njoined\n%s' 1 | sha256sum, and so on: the highest of 26 is left out.
    let all = drawn(&draw("seed"), "joined", 1..=26);
    let left_out: Vec<i64> = (1..=26).filter(|it| !all.contains(it)).collect();
    assert_eq!(left_out, [LEFT_OUT]);
}

/// Found with `sha256sum`.
const LEFT_OUT: i64 = 10;

#[tokio::test]
async fn a_sample_is_of_the_figures_and_carries_its_evidence() {
    let world = World::new().await;
    world.say(&before()).await;
    let at = world.settled().await;
    let (from, to) = always();
    let question = Question { from, to, at, signed: at, sample: Some(draw("2026")) };
    let report = made_of(&world, question.clone()).await;
    let sample = report.section(13).unwrap();
    let of = |name: &str| sample.figures.iter().find(|figure| figure.name == name).unwrap();
    let (grants, made) = (of("grants_made"), report.figure(3, 3).unwrap());
    let all: BTreeSet<i64> = made.events.iter().collect();
    assert_eq!(grants.items.len(), all.len(), "fewer than 25: all of them");
    let shown: BTreeSet<i64> = grants.events.iter().collect();
    assert!(shown.is_superset(&all));
    assert!(shown.len() > all.len(), "with the way of the request that was approved");
    assert_eq!(made_of(&world, question).await, report);
}
