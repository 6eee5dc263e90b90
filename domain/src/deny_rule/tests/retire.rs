//! DR5, DR6

use super::{defined, given, keep, retired};
use crate::access::model::Granted;
use crate::deny_rule::command::Retire;
use crate::deny_rule::{DenyRule, DenyRuleCommand, DenyRuleRefusal as No};
use crate::kernel::testing::access::{KEEPER, facts, holding};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn retire() -> DenyRuleCommand {
    DenyRuleCommand::Retire(Retire {})
}

#[test]
fn dr6_it_is_over_and_its_name_is_free() {
    let rule = given([defined(keep())]).when(retire()).then([retired()]).state();
    assert!(rule.body().unwrap().retired);
    let mut before = DenyRule::default();
    before.evolve(defined(keep()));
    let key = ClaimKey::of_name("Keep");
    assert_eq!(
        DenyRuleCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "deny_rule.name", key }]
    );
}

#[test]
fn dr5_nobody_retires_a_rule_that_keeps_something_from_them() {
    let bound = || given([defined(keep())]).knowing(facts(holding([Granted::Role(KEEPER)])));
    bound().when(retire()).refused(No::BindsActor);
    bound().by_nobody().when(retire()).acts();
}

#[test]
fn dr6_retiring_twice_changes_nothing() {
    given([defined(keep()), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}
