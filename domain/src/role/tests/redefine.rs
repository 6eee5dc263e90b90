//! RO1 to RO7

use uuid::Uuid;

use super::{CLERK, besides, clerk, defined, given, keeper, retired};
use crate::access::known::{AccessFacts, Holders};
use crate::access::model::{Counted, Granted, RoleDefinition, SodAction, SodKind, SodRule, Weight};
use crate::kernel::testing::Outcome;
use crate::kernel::testing::access::{
    AGENT, KEEPER, LEAD, directly, entry, facts, holding, pattern, role, ruled,
};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, RoleId, SodRuleId};
use crate::role::command::Redefine;
use crate::role::{RoleCommand, RoleEvent, RoleRefusal as No};

/// Inherits from the role under test.
const CHIEF: RoleId = RoleId(Uuid::from_u128(0x112));

fn command(definition: RoleDefinition) -> RoleCommand {
    RoleCommand::Redefine(Box::new(Redefine { definition }))
}

fn redefined(definition: RoleDefinition) -> RoleEvent {
    RoleEvent::Redefined(Box::new(definition))
}

/// By somebody who knows this, of the role as it is defined.
fn wanted(known: AccessFacts, definition: RoleDefinition) -> Outcome<RoleCommand> {
    given([defined()]).knowing(facts(besides(known, clerk()))).when(command(definition))
}

#[test]
fn ro1_it_is_said_anew_as_a_whole_and_the_same_again_changes_nothing() {
    let other = RoleDefinition { name: " Writer ".to_owned(), requestable: false, ..clerk() };
    let role = wanted(keeper(), other.clone());
    let stored = RoleDefinition { name: "Writer".to_owned(), ..other };
    let role = role.then([redefined(stored.clone())]).state();
    let body = role.body().unwrap();
    assert_eq!((body.version, body.definition.name.as_str()), (2, "Writer"));
    wanted(keeper(), clerk()).nothing();
    let elsewhere = RoleDefinition { id: CHIEF, ..stored.clone() };
    wanted(keeper(), elsewhere).then([redefined(stored)]);
}

#[test]
fn ro1_the_other_name_is_claimed_and_the_old_one_free() {
    let mut before = crate::role::Role::default();
    before.evolve(defined());
    let named = |name: &str| redefined(RoleDefinition { name: name.to_owned(), ..clerk() });
    let (scope, key) = ("role.name", |name| ClaimKey::of_name(name));
    assert_eq!(
        RoleCommand::claims(&before, &named("Writer")),
        [
            ClaimChange::Release { scope, key: key("Clerk") },
            ClaimChange::Hold { scope, key: key("Writer") }
        ]
    );
    assert!(RoleCommand::claims(&before, &named("CLERK")).is_empty());
}

#[test]
fn ro2_its_bounds_hold_here_too() {
    let unnamed = RoleDefinition { name: " ".to_owned(), ..clerk() };
    wanted(keeper(), unnamed).refused(No::NameUnfit(TextFault::Empty));
}

#[test]
fn ro3_it_does_not_come_to_inherit_from_itself() {
    let chief = RoleDefinition { juniors: [CLERK].into(), ..role(CHIEF, "Chief", []) };
    let known = besides(besides(keeper(), clerk()), chief);
    let circle = RoleDefinition { juniors: [CHIEF].into(), ..clerk() };
    let outcome = given([defined()]).knowing(facts(known)).when(command(circle));
    assert!(matches!(outcome.refusal(), No::Circular { role } if [CLERK, CHIEF].contains(&role)));
}

#[test]
fn ro4_nobody_changes_a_role_they_hold() {
    let other = || RoleDefinition { requestable: false, ..clerk() };
    let holds = |role| Granted::Role(role);
    wanted(holding([directly(["*"]), holds(CLERK)]), other()).refused(No::HeldByActor);
    let chief = RoleDefinition { juniors: [CLERK].into(), ..role(CHIEF, "Chief", []) };
    let inherits = besides(besides(holding([directly(["*"]), holds(CHIEF)]), clerk()), chief);
    let outcome = |known| given([defined()]).knowing(facts(known));
    outcome(inherits.clone()).when(command(other())).refused(No::HeldByActor);
    outcome(inherits).by_nobody().when(command(other())).acts();
    wanted(holding([directly(["*"]), holds(LEAD)]), other()).acts();
}

#[test]
fn ro5_what_it_permits_already_may_stay_or_shrink() {
    let nothing = || holding([]);
    let renamed = RoleDefinition { name: "Writer".to_owned(), ..clerk() };
    wanted(nothing(), renamed).acts();
    let fewer = RoleDefinition { entries: vec![entry(["ci.read"])], ..clerk() };
    wanted(nothing(), fewer).acts();
    let action = || "ci.retire".parse().unwrap();
    let more =
        RoleDefinition { entries: vec![entry(["ci.read", "ci.correct", "ci.retire"])], ..clerk() };
    wanted(nothing(), more.clone()).refused(No::PermissionNotHeld { action: action() });
    wanted(holding([directly(["ci.retire"])]), more).acts();
}

#[test]
fn ro5_more_weight_and_more_from_below_are_more() {
    let mut steering = clerk();
    steering.entries[0].standing = Weight::Steering;
    let action = "ci.correct".parse().unwrap();
    wanted(keeper(), steering).refused(No::PermissionNotHeld { action });
    let below = RoleDefinition { juniors: [LEAD].into(), ..clerk() };
    let action = "ticket.assign".parse().unwrap();
    wanted(keeper(), below).refused(No::PermissionNotHeld { action });
}

#[test]
fn ro6_a_role_above_breaks_no_rule_of_duties_either() {
    let chief = RoleDefinition { juniors: [CLERK, AGENT].into(), ..role(CHIEF, "Chief", []) };
    let set = [Counted::Role(AGENT), Counted::Actions(pattern("ci.retire"))].into();
    let rule = SodRule {
        id: SodRuleId(Uuid::from_u128(0x1)),
        name: "Apart".to_owned(),
        action: SodAction::Block,
        kind: SodKind::Static { set, n: 2 },
    };
    let all = || {
        ruled(holding([directly(["*"])]), |rules| {
            rules.duties.insert(rule.id, rule.clone());
        })
    };
    let known = besides(all(), clerk());
    let with = |juniors: &[RoleId], name: &str| RoleDefinition {
        juniors: juniors.iter().copied().collect(),
        name: name.to_owned(),
        ..clerk()
    };
    let refused = No::BreaksSod { rule: rule.id, role: CHIEF, holders: Holders::default() };
    let outcome = |known| given([defined()]).knowing(facts(known));
    outcome(besides(known.clone(), chief.clone()))
        .when(command(with(&[KEEPER], "Clerk")))
        .refused(refused);
    outcome(known.clone()).when(command(with(&[KEEPER], "Clerk"))).acts();
    // The rule came later, and found them so: a new name makes it no worse.
    let broken = with(&[KEEPER, AGENT], "Clerk");
    let found = besides(all(), broken.clone());
    given([RoleEvent::Defined(Box::new(broken))])
        .knowing(facts(found))
        .when(command(with(&[KEEPER, AGENT], "Writer")))
        .acts();
}

#[test]
fn ro1_ro7_it_is_there() {
    given([]).when(command(clerk())).refused(No::NotFound);
    given([defined(), retired()]).when(command(clerk())).refused(No::Retired);
}
