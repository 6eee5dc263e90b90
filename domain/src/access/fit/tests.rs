//! Each bound, at it and beyond.

use std::collections::BTreeSet;

use serde_json::json;

use super::{EntryFault, FIELDS_MAX, PATTERNS_MAX, STANDINGS_MAX, condition, entry, patterns};
use crate::access::model::{
    ActionPattern, Condition, Entry, FieldName, FieldSet, Level, Registry, RelationRule,
    RelationSet,
};
use crate::kernel::testing::access::{entry as entry_of, pattern};

fn names(count: usize) -> BTreeSet<FieldName> {
    (0..count).map(|number| format!("field{number}").parse().unwrap()).collect()
}

#[test]
fn patterns_are_some_distinct_ones_of_actions_that_there_are() {
    let registry = Registry::ours();
    let fits = |wanted: &[ActionPattern]| patterns(wanted, &registry);
    let all: Vec<_> = registry.actions().map(|(_, info)| (&info.name).into()).collect();
    assert_eq!(fits(&all[..PATTERNS_MAX]), Ok(()));
    assert_eq!(fits(&all[..=PATTERNS_MAX]), Err(EntryFault::Actions));
    assert_eq!(fits(&[]), Err(EntryFault::Actions));
    assert_eq!(fits(&[pattern("*"), pattern("*")]), Err(EntryFault::Actions));
    for unknown in ["ticket.fly", "kite.*", "*.fly", "erp:*"] {
        let unknown = pattern(unknown);
        let wanted = [pattern("ticket.read"), unknown.clone()];
        assert_eq!(fits(&wanted), Err(EntryFault::Unknown(unknown)));
    }
}

#[test]
fn an_entry_has_so_many_standings_and_fields_at_most() {
    let fits = |wanted: Entry| entry(&wanted, &Registry::ours());
    let ways = |count| RelationRule(RelationSet::every().take(count).collect());
    let of = || entry_of(["ci.read"]);
    assert_eq!(fits(Entry { when: ways(STANDINGS_MAX), ..of() }), Ok(()));
    assert_eq!(fits(Entry { when: ways(STANDINGS_MAX + 1), ..of() }), Err(EntryFault::Standings));
    let only = |count| fits(Entry { fields: FieldSet::Only(names(count)), ..of() });
    assert_eq!(only(1), Ok(()));
    assert_eq!(only(FIELDS_MAX), Ok(()));
    assert_eq!(only(0), Err(EntryFault::Fields));
    assert_eq!(only(FIELDS_MAX + 1), Err(EntryFault::Fields));
}

#[test]
fn only_approvals_have_a_level() {
    let fits = |wanted: Entry| entry(&wanted, &Registry::ours());
    let level = Some(Level(2));
    assert_eq!(fits(Entry { level, ..entry_of(["access.decide"]) }), Ok(()));
    assert_eq!(fits(Entry { level, ..entry_of(["access.*"]) }), Ok(()));
    assert_eq!(fits(Entry { level, ..entry_of(["access.grant"]) }), Err(EntryFault::Level));
}

#[test]
fn a_condition_can_be_answered_and_its_words_have_a_bound() {
    let of = |word: &str| Condition::AttributeIn {
        name: "class".parse().unwrap(),
        values: [word.to_owned()].into(),
    };
    assert_eq!(condition(None), Ok(()));
    assert_eq!(condition(Some(&of(&"x".repeat(200)))), Ok(()));
    let long = of(&"x".repeat(201));
    assert_eq!(condition(Some(&long)), Err(EntryFault::Condition));
    let within = Condition::All(vec![Condition::RiskAtMost(3), long]);
    assert_eq!(condition(Some(&within)), Err(EntryFault::Condition));
    let window = json!({"time_window": {"zone": "UTC", "from": "12:00", "until": "12:00"}});
    let never = serde_json::from_value(window).unwrap();
    let wanted = Entry { condition: Some(never), ..entry_of(["ci.read"]) };
    assert_eq!(entry(&wanted, &Registry::ours()), Err(EntryFault::Condition));
}
