//! DR1, DR2, DR5, DR6

use super::{defined, given, keep, keeping, retired};
use crate::access::fit::EntryFault;
use crate::access::known::{AccessFacts, HolderFacts};
use crate::access::model::{AccessSubject, Granted, Matcher, Strength};
use crate::deny_rule::command::Redefine;
use crate::deny_rule::event::Definition;
use crate::deny_rule::{DenyRule, DenyRuleCommand, DenyRuleEvent, DenyRuleRefusal as No};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{AGENT, KEEPER, directly, facts, holding};
use crate::kernel::testing::world::{ANNA, BEN};
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn command(definition: Definition) -> DenyRuleCommand {
    DenyRuleCommand::Redefine(Box::new(Redefine { definition }))
}

fn redefined(definition: Definition) -> DenyRuleEvent {
    DenyRuleEvent::Redefined(Box::new(definition))
}

fn hard(mut definition: Definition) -> Definition {
    definition.strength = Strength::Hard;
    definition
}

#[test]
fn dr1_it_is_said_anew_as_a_whole_and_the_same_again_changes_nothing() {
    let wanted =
        |definition| given([defined(keep())]).knowing(facts(holding([]))).when(command(definition));
    let rule = wanted(hard(keep())).then([redefined(hard(keep()))]).state();
    let body = rule.body().unwrap();
    assert_eq!((body.version, body.definition.strength), (2, Strength::Hard));
    wanted(keep()).nothing();
    let mut empty = keep();
    empty.actions.clear();
    wanted(empty).refused(No::ActionsUnfit(EntryFault::Actions));
}

#[test]
fn dr1_the_other_name_is_claimed_and_the_old_one_free() {
    let mut before = DenyRule::default();
    before.evolve(defined(keep()));
    let named = |name: &str| redefined(Definition { name: name.to_owned(), ..keep() });
    let (scope, key) = ("deny_rule.name", ClaimKey::of_name);
    assert_eq!(
        DenyRuleCommand::claims(&before, &named("Hold")),
        [
            ClaimChange::Release { scope, key: key("Keep") },
            ClaimChange::Hold { scope, key: key("Hold") }
        ]
    );
    assert!(DenyRuleCommand::claims(&before, &named("KEEP")).is_empty());
}

fn changed_by(known: AccessFacts, before: Definition) -> Outcome<DenyRuleCommand> {
    let after = hard(before.clone());
    let people = [ANNA, BEN].map(AccessSubject::Person);
    let subjects = people.map(|person| (person, HolderFacts::default())).into();
    let known = AccessFacts { subjects, ..known };
    given([defined(before)]).knowing(facts(known)).when(command(after))
}

#[test]
fn dr5_nobody_changes_a_rule_that_keeps_something_from_them() {
    let keeper = || holding([Granted::Role(KEEPER)]);
    let person = |id| keeping(Matcher::Subject(AccessSubject::Person(id)));
    for theirs in [keep(), person(ANNA), keeping(Matcher::Role(KEEPER))] {
        changed_by(keeper(), theirs).refused(No::BindsActor);
    }
    for others in [person(BEN), keeping(Matcher::Role(AGENT))] {
        changed_by(keeper(), others).acts();
    }
    changed_by(holding([directly(["ci.read"])]), keep()).acts();
    let shipped = given([defined(keep())]).knowing(facts(keeper())).by_nobody();
    shipped.when(command(hard(keep()))).acts();
}

#[test]
fn dr1_dr6_it_is_there() {
    given([]).when(command(keep())).refused(No::NotFound);
    given([defined(keep()), retired()]).when(command(keep())).refused(No::Retired);
}
