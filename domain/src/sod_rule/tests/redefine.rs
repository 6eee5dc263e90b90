//! SD1, SD4, SD5

use super::{counting, defined, dividing, given, retired, rule};
use crate::access::known::AccessFacts;
use crate::access::model::{Counted, Granted, SodAction, SodKind, SodRule};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{AGENT, KEEPER, LEAD, directly, facts, holding};
use crate::kernel::{ClaimChange, ClaimKey, Command, SodRuleId};
use crate::sod_rule::command::Redefine;
use crate::sod_rule::{SodRule as Aggregate, SodRuleCommand, SodRuleEvent, SodRuleRefusal as No};

fn command(definition: SodRule) -> SodRuleCommand {
    SodRuleCommand::Redefine(Box::new(Redefine { definition }))
}

fn redefined(rule: SodRule) -> SodRuleEvent {
    SodRuleEvent::Redefined(Box::new(rule))
}

fn recorded(rule: SodRule) -> SodRule {
    SodRule { action: SodAction::Record, ..rule }
}

#[test]
fn sd1_it_is_said_anew_as_a_whole_and_the_same_again_changes_nothing() {
    let wanted = |definition| {
        given([defined(counting())]).knowing(facts(holding([]))).when(command(definition))
    };
    let other = wanted(recorded(counting())).then([redefined(recorded(counting()))]).state();
    let body = other.body().unwrap();
    assert_eq!((body.version, body.definition.action), (2, SodAction::Record));
    wanted(counting()).nothing();
    let elsewhere = SodRule { id: SodRuleId(uuid::Uuid::nil()), ..dividing() };
    wanted(elsewhere).then([redefined(dividing())]);
}

#[test]
fn sd1_the_other_name_is_claimed_and_the_old_one_free() {
    let mut before = Aggregate::default();
    before.evolve(defined(counting()));
    let named = |name: &str| redefined(SodRule { name: name.to_owned(), ..counting() });
    let (scope, key) = ("sod_rule.name", ClaimKey::of_name);
    assert_eq!(
        SodRuleCommand::claims(&before, &named("Far")),
        [
            ClaimChange::Release { scope, key: key("Apart") },
            ClaimChange::Hold { scope, key: key("Far") }
        ]
    );
    assert!(SodRuleCommand::claims(&before, &named("APART")).is_empty());
}

#[test]
fn sd2_sd3_its_bounds_hold_here_too() {
    let kind = SodKind::Static { set: [Counted::Role(AGENT)].into(), n: 2 };
    let outcome = given([defined(counting())]).knowing(facts(holding([])));
    outcome.when(command(rule(SodAction::Block, kind))).refused(No::SetUnfit);
    let outcome = given([defined(dividing())]).knowing(facts(holding([])));
    let taken_back = SodRule { action: SodAction::Prune, ..dividing() };
    outcome.when(command(taken_back)).refused(No::NothingToPrune);
}

fn changed_by(known: AccessFacts, before: SodRule) -> Outcome<SodRuleCommand> {
    let after = recorded(before.clone());
    given([defined(before)]).knowing(facts(known)).when(command(after))
}

#[test]
fn sd4_nobody_changes_a_rule_that_one_thing_more_would_have_them_break() {
    for held in [Granted::Role(AGENT), Granted::Role(LEAD), directly(["ci.*"])] {
        changed_by(holding([held]), counting()).refused(No::BindsActor);
    }
    changed_by(holding([directly(["sod_rule.define"])]), counting()).acts();
    let set = [AGENT, LEAD, KEEPER].map(Counted::Role).into();
    let three = rule(SodAction::Block, SodKind::Static { set, n: 3 });
    changed_by(holding([Granted::Role(AGENT)]), three.clone()).acts();
    changed_by(holding([Granted::Role(LEAD)]), three).refused(No::BindsActor);
}

#[test]
fn sd4_nobody_changes_a_rule_two_of_whose_duties_they_can_take_on() {
    changed_by(holding([directly(["access.*"])]), dividing()).refused(No::BindsActor);
    changed_by(holding([directly(["access.decide"])]), dividing()).acts();
    let shipped = given([defined(dividing())]).knowing(facts(holding([directly(["*"])])));
    shipped.by_nobody().when(command(recorded(dividing()))).acts();
}

#[test]
fn sd1_sd5_it_is_there() {
    given([]).when(command(counting())).refused(No::NotFound);
    given([defined(counting()), retired()]).when(command(counting())).refused(No::Retired);
}
