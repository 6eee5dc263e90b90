//! SD4, SD5

use super::{counting, defined, given, retired};
use crate::access::model::Granted;
use crate::kernel::testing::access::{AGENT, facts, holding};
use crate::kernel::{ClaimChange, ClaimKey, Command};
use crate::sod_rule::command::Retire;
use crate::sod_rule::{SodRule, SodRuleCommand, SodRuleRefusal as No};

fn retire() -> SodRuleCommand {
    SodRuleCommand::Retire(Retire {})
}

#[test]
fn sd5_it_is_over_and_its_name_is_free() {
    let rule = given([defined(counting())]).when(retire()).then([retired()]).state();
    assert!(rule.body().unwrap().retired);
    let mut before = SodRule::default();
    before.evolve(defined(counting()));
    let key = ClaimKey::of_name("Apart");
    assert_eq!(
        SodRuleCommand::claims(&before, &retired()),
        [ClaimChange::Release { scope: "sod_rule.name", key }]
    );
}

#[test]
fn sd4_nobody_retires_a_rule_that_keeps_something_from_them() {
    let bound = || given([defined(counting())]).knowing(facts(holding([Granted::Role(AGENT)])));
    bound().when(retire()).refused(No::BindsActor);
    bound().by_nobody().when(retire()).acts();
}

#[test]
fn sd5_retiring_twice_changes_nothing() {
    given([defined(counting()), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
}
