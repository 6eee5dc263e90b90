//! What a world remembers of its filters, how long, and what it says of itself.

use std::sync::Arc;

use chrono::{DateTime, TimeDelta, Utc};

use super::world::{Case, at, direct, permit};
use crate::access::Permission;
use crate::access::decide::{ObjectView, Rules, World};
use crate::access::model::{Condition, Entry, Grant, Roles, ScopeTree, Zone};
use crate::kernel::Standing;

fn world(case: &Case) -> World {
    World::of(case.holdings.clone(), Arc::new(Rules::of(case.rules.clone())))
}

/// Reads tickets, from six until this o'clock, under rules that look at nothing else.
fn reads_until(until: &str) -> Case {
    let grant = Grant { until: Some(at(until)), ..direct("reads", permit("ticket.read"), "all") };
    without_denies(Case::new([grant], "ticket.view", "all"))
}

fn without_denies(case: Case) -> Case {
    case.with(|case| case.rules.denies.clear())
}

fn reads(world: &World, when: DateTime<Utc>) -> bool {
    world.filter(Permission::TicketRead, when).admits(&ObjectView::default())
}

#[test]
fn a_filter_is_kept_from_what_begins_until_what_ends() {
    let (from, until) = (at("06:00:00"), at("14:00:00"));
    let just = TimeDelta::microseconds(1);
    // Whichever instant it was compiled at first, and from whichever side the next one comes.
    for first in [from - just, from, at("12:00:00"), until - just, until, until + just] {
        let world = world(&reads_until("14:00:00"));
        for then in [from - just, from, from + just, until - just, until, until + just] {
            world.filter(Permission::TicketRead, first);
            assert_eq!(reads(&world, then), from <= then && then < until, "{first}, then {then}");
        }
    }
    let world = world(&reads_until("14:00:00"));
    let filter = |when| world.filter(Permission::TicketRead, when);
    assert!(Arc::ptr_eq(&filter(from), &filter(until - just)), "the same is not compiled twice");
    let other = world.clone();
    let again = other.filter(Permission::TicketRead, from);
    assert!(!Arc::ptr_eq(&filter(from), &again), "a copy begins with nothing");
    assert_eq!(filter(from), again);
}

#[test]
fn nothing_is_kept_where_the_clock_is_looked_at() {
    let window = Condition::TimeWindow {
        zone: Zone(chrono_tz::UTC),
        from: "08:00".parse().unwrap(),
        until: "12:00".parse().unwrap(),
    };
    let by_day = Entry { condition: Some(window), ..permit("ticket.read") };
    let case = Case::new([direct("by day", by_day, "all")], "ticket.view", "all");
    let world = world(&without_denies(case));
    assert!(world.looks_at_attributes());
    assert!(reads(&world, at("11:59:59")) && !reads(&world, at("12:00:00")));
    assert!(reads(&world, at("08:00:00")) && !reads(&world, at("07:59:59")));
}

#[test]
fn it_looks_at_attributes_only_if_a_condition_does() {
    assert!(!world(&reads_until("14:00:00")).looks_at_attributes());
    let denied = Case::new([], "ticket.view", "all");
    assert!(world(&denied).looks_at_attributes(), "a rule that denies does");
    let risky = Entry { condition: Some(Condition::RiskAtMost(2)), ..permit("ticket.read") };
    let risky = Case::new([direct("risky", risky, "all")], "ticket.view", "all");
    let risky = without_denies(risky);
    assert!(world(&risky).looks_at_attributes());
    // It is no look at the clock: what is known of an object is asked of the filter.
    let world = world(&risky);
    let filter = |time| world.filter(Permission::TicketRead, at(time));
    assert!(Arc::ptr_eq(&filter("12:00:00"), &filter("13:00:00")));
}

#[test]
fn who_may_does_so_without_steering() {
    let world = world(&reads_until("14:00:00"));
    let may = |permission, time| world.permits(permission, &ObjectView::default(), at(time));
    assert_eq!(may(Permission::TicketRead, "13:59:59"), Some(Standing::Ordinary));
    assert_eq!(may(Permission::TicketRead, "14:00:00"), None);
    assert_eq!(may(Permission::TicketOpen, "13:59:59"), None);
}

#[test]
fn the_rules_are_those_that_were_told() {
    let case = reads_until("14:00:00");
    let rules = Rules::of(case.rules.clone());
    assert_eq!(rules.revision(), 900);
    let names = |roles: &Roles| roles.definitions().map(|it| it.name.clone()).collect::<Vec<_>>();
    assert_eq!(names(rules.roles()), names(&case.rules.roles));
    assert!(names(rules.roles()).contains(&"lead".to_owned()));
    assert_eq!(rules.tree(), &case.rules.tree);
    assert_ne!(rules.tree(), &ScopeTree::default());
}
