//! The rules of duties that are shipped keep roles apart that nobody has together by what they are.

use super::{definitions, roles};
use crate::access::known::Rulebook;
use crate::access::model::{Granted, Registry, SodAction};
use crate::access::sod::Separation;
use crate::access::standard::{missing_duties, standard_id, standard_roles};

fn shipped() -> Rulebook {
    let registry = Registry::ours();
    Rulebook { roles: roles(&registry), registry, ..Rulebook::default() }
}

#[test]
fn no_standard_role_breaks_one_by_itself_and_no_role_of_people_is_part_of_two() {
    let mut book = shipped();
    let rules = missing_duties(&book);
    assert_eq!(rules.len(), 2);
    assert!(rules.iter().all(|rule| rule.action == SodAction::Block));
    let separation = Separation::of(rules.iter(), &book.roles, &book.registry);
    for standard in standard_roles() {
        let breaks = separation.inherent(&Granted::Role(standard.definition.id));
        assert!(breaks.is_empty(), "{}", standard.key);
    }
    // Once they are there, nothing is missing; nor where somebody else's rule has the name.
    book.duties = rules.iter().map(|rule| (rule.id, rule.clone())).collect();
    assert!(missing_duties(&book).is_empty());
    book.duties.values_mut().for_each(|rule| rule.name = rule.name.to_uppercase());
    assert!(missing_duties(&book).is_empty());
}

#[test]
fn where_a_role_is_over_there_is_no_rule_of_it() {
    let mut book = shipped();
    book.retired = [standard_id("auditor")].into();
    assert_eq!(missing_duties(&book).len(), 1);
    book.retired = [standard_id("access_administrator")].into();
    assert!(missing_duties(&book).is_empty());
    assert!(definitions().any(|role| role.id == standard_id("access_administrator")));
}
