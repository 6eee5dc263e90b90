//! Grants that are of no use.

use std::collections::BTreeMap;

use crate::access::model::{Grant, GrantSource, GrantState, Scope};
use crate::access::shadow::shadowed;
use crate::access::testing::{READER, SOLVER, days, grant, hours, id};
use crate::kernel::GrantId;

fn found(grants: &[Grant]) -> BTreeMap<GrantId, GrantId> {
    shadowed(grants, hours(1))
}

fn pairs<const N: usize>(pairs: [(u128, u128); N]) -> BTreeMap<GrantId, GrantId> {
    pairs.map(|(grant, by)| (id(grant), id(by))).into()
}

fn reader(number: u128) -> Grant {
    grant(number, READER)
}

fn north(number: u128) -> Grant {
    Grant { scope: "desk/north".parse().unwrap(), ..reader(number) }
}

#[test]
fn of_the_same_twice_the_first_one_stays() {
    assert_eq!(found(&[reader(1), reader(2), reader(3)]), pairs([(2, 1), (3, 1)]));
    assert_eq!(found(&[reader(1), grant(2, SOLVER)]), pairs([]));
}

#[test]
fn the_narrower_and_the_shorter_go() {
    assert_eq!(found(&[north(1), reader(2)]), pairs([(1, 2)]));
    let desk = Grant { scope: "desk".parse::<Scope>().unwrap(), ..reader(2) };
    assert_eq!(found(&[north(1), desk, reader(3)]), pairs([(1, 3), (2, 3)]));
    let ends = |number, day| Grant { until: Some(days(day)), ..reader(number) };
    assert_eq!(found(&[ends(1, 3), ends(2, 5)]), pairs([(1, 2)]));
    assert_eq!(found(&[ends(1, 3), reader(2)]), pairs([(1, 2)]));
    let wider = Grant { until: Some(days(3)), ..reader(2) };
    assert_eq!(found(&[north(1), wider]), pairs([]), "it is not there as long");
    let later = Grant { from: days(2), ..reader(2) };
    assert_eq!(found(&[north(1), later.clone()]), pairs([]), "it is not there yet");
    assert_eq!(found(&[reader(1), later]), pairs([(2, 1)]));
}

#[test]
fn what_is_more_in_any_way_stays() {
    let pierces = Grant { pierces: true, ..reader(2) };
    assert_eq!(found(&[reader(1), pierces.clone()]), pairs([(1, 2)]));
    assert_eq!(found(&[pierces, Grant { until: Some(days(9)), ..reader(3) }]), pairs([(3, 2)]));
}

#[test]
fn what_is_lent_neither_goes_nor_counts_and_what_rules_give_does_not_go() {
    for source in [GrantSource::Delegation, GrantSource::BreakGlass] {
        let lent = Grant { source, ..reader(2) };
        assert_eq!(found(&[reader(1), lent]), pairs([]));
    }
    for source in [GrantSource::Birthright, GrantSource::Rule] {
        let given = Grant { source, ..reader(2) };
        assert_eq!(found(&[reader(1), given.clone()]), pairs([(1, 2)]));
        assert_eq!(found(&[given.clone(), Grant { source, ..reader(3) }]), pairs([]));
    }
}

#[test]
fn what_is_over_does_not_count() {
    let revoked = Grant { state: GrantState::Revoked, ..reader(1) };
    let over = Grant { until: Some(hours(1)), ..reader(3) };
    assert_eq!(found(&[revoked, reader(2), over]), pairs([]));
}
