//! What is listed as somebody's is what decisions allow them.

use std::sync::Arc;

use super::world::{Case, direct, grant, id, permit};
use crate::access::decide::{Rules, World};
use crate::access::effective::{Effective, effective};
use crate::kernel::GrantId;

fn all(case: &Case) -> Vec<Effective> {
    let rules = Arc::new(Rules::of(case.rules.clone()));
    effective(&World::of(case.holdings.clone(), rules), case.now)
}

fn grants(all: &[Effective], action: &str) -> Option<Vec<GrantId>> {
    let found = all.iter().find(|it| it.action.name.as_str() == action);
    found.map(|it| it.grants.iter().copied().collect())
}

#[test]
fn what_is_listed_names_its_grants_and_what_is_not_is_denied() {
    let delete = direct("delete", permit("ticket.delete"), "all");
    let case = Case::new([grant("agent", "emea"), delete], "ticket.view", "emea");
    let listed = all(&case);
    assert_eq!(grants(&listed, "ticket.view"), Some(vec![GrantId(id("agent@emea"))]));
    // Nobody gave it; what was given and is denied to all is not theirs either.
    assert_eq!(grants(&listed, "ticket.assign"), None);
    assert_eq!(grants(&listed, "ticket.delete"), None);
    let names: Vec<&str> = listed.iter().map(|it| it.action.name.as_str()).collect();
    assert!(names.is_sorted(), "{names:?}");
}

#[test]
fn what_has_ended_is_listed_no_more() {
    let until = Some(super::world::at("12:00:00"));
    let over = crate::access::model::Grant { until, ..grant("agent", "emea") };
    let case = Case::new([over], "ticket.view", "emea");
    assert_eq!(grants(&all(&case), "ticket.view"), None);
    let before = case.at("11:59:59");
    assert_eq!(grants(&all(&before), "ticket.view"), Some(vec![GrantId(id("agent@emea"))]));
}
