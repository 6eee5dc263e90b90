//! AA1 to AA6: what a rule says, and when it is in force at once.

use super::{
    comes, define, defined, definition, given, given_of, proposed, reads, redefine, retired,
};
use crate::access::known::AccessFacts;
use crate::access::model::Scope;
use crate::access::population::{Population, PopulationFault, Test};
use crate::access::testing::{ADMIN, BRIEF, BUYER, GONE, NO_ROLE, READER, SOLVER, grant, known};
use crate::assignment_rule::AssignmentRuleRefusal as No;
use crate::assignment_rule::command::{AssignmentRuleCommand, NAMES, Retire};
use crate::assignment_rule::event::{AssignmentRuleEvent, Declined, Definition, Given};
use crate::assignment_rule::simulation::Simulation;
use crate::assignment_rule::state::AssignmentRule;
use crate::kernel::testing::world::{HEIDI, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command};

fn retire() -> AssignmentRuleCommand {
    AssignmentRuleCommand::Retire(Retire {})
}

#[test]
fn aa1_a_rule_is_defined_once_and_anew_as_its_next_version() {
    let named = Definition { name: " Desk ".to_owned(), ..definition(READER) };
    let state = given([]).when(define(named)).then([reads()]).state();
    assert_eq!(state.body().unwrap().version, 1);
    given([reads()]).when(define(definition(READER))).refused(No::Exists);
    given([reads()]).when(redefine(definition(READER))).nothing();
    let solves = || definition(SOLVER);
    let state = given([reads()]).when(redefine(solves())).then([defined(SOLVER)]).state();
    let body = state.body().unwrap();
    assert_eq!((body.version, &body.current), (2, &Some(solves())));
    given([]).when(redefine(solves())).refused(No::NotFound);
    let unnamed = Definition { name: " ".to_owned(), ..definition(READER) };
    given([]).when(define(unnamed)).refused(No::NameUnfit(TextFault::Empty));
}

#[test]
fn aa2_it_gives_roles_that_are_there_and_have_no_end_to_a_population() {
    let nobody = Definition { population: Population([].into()), ..definition(READER) };
    given([]).when(define(nobody)).refused(No::PopulationUnfit(PopulationFault::Empty));
    let population = Population([[Test::Unit(NOWHERE)].into()].into());
    let nowhere = Definition { population, ..definition(READER) };
    given([]).when(define(nowhere)).refused(No::UnitUnfit);
    for role in [NO_ROLE, GONE, BRIEF] {
        given([]).when(define(definition(role))).refused(No::RoleUnfit { role });
    }
    let places = |count: usize| {
        let scope = |number: usize| format!("place{number}").parse::<Scope>().unwrap();
        let gives = (0..count).map(|number| Given { role: READER, scope: scope(number) }).collect();
        define(Definition { gives, ..definition(READER) })
    };
    given([]).when(places(20)).acts();
    for count in [0, 21] {
        given([]).when(places(count)).refused(No::GivesUnfit);
    }
    let unruled = AccessFacts { rules: None, ..known() };
    given_of(comes(), unruled, []).when(define(definition(READER))).refused(No::GivesUnfit);
}

#[test]
fn aa3_what_was_seen_to_come_of_it_is_so_still() {
    let other = Simulation { digest: "0".repeat(64), ..comes() };
    given_of(other, known(), []).when(define(definition(READER))).refused(No::NotSimulated);
}

#[test]
fn aa4_whoever_makes_it_may_give_what_it_gives() {
    let poor = || AccessFacts { held: vec![grant(0, BUYER)], ..known() };
    let action = "ticket.read".parse().unwrap();
    let no = No::NotHeld { action };
    given_of(comes(), poor(), []).when(define(definition(READER))).refused(no.clone());
    given_of(comes(), poor(), [defined(BUYER)]).when(redefine(definition(READER))).refused(no);
    given_of(comes(), poor(), []).by_nobody().when(define(definition(READER))).acts();
}

#[test]
fn aa5_what_touches_many_or_is_risky_waits_for_a_second_person() {
    let by = Some(HEIDI);
    for (simulation, role) in [
        (Simulation { gains: 51, ..comes() }, READER),
        (Simulation { gains: 25, loses: 26, ..comes() }, READER),
        (Simulation { loses: u32::MAX, ..comes() }, READER),
        (Simulation { breaches: 1, ..comes() }, READER),
        (comes(), ADMIN),
    ] {
        let waiting = proposed(role, by, simulation.clone());
        let outcome = given_of(simulation, known(), []).when(define(definition(role)));
        let state = outcome.then([waiting]).state();
        let body = state.body().unwrap();
        assert_eq!((body.version, &body.current), (0, &None));
    }
    let fifty = Simulation { gains: 25, loses: 25, ..comes() };
    let state = given_of(fifty, known(), []).when(define(definition(READER))).state();
    assert_eq!(state.body().unwrap().version, 1);
}

#[test]
fn aa5_what_is_in_force_stays_so_until_then() {
    let admin = proposed(ADMIN, Some(HEIDI), comes());
    let state = given([reads()]).when(redefine(definition(ADMIN))).then([admin.clone()]).state();
    let body = state.body().unwrap();
    assert_eq!((body.version, &body.current), (1, &Some(definition(READER))));
    given([reads(), admin.clone()]).when(redefine(definition(ADMIN))).nothing();
    // What is in force is wished for again: what waits does not any more.
    let state = given([reads(), admin]).when(redefine(definition(READER))).state();
    assert!(state.body().unwrap().waiting.is_none());
}

#[test]
fn aa6_a_retired_rule_is_over_and_its_name_is_free() {
    given([reads()]).when(retire()).then([retired()]);
    given([reads(), retired()]).when(retire()).nothing();
    given([reads(), retired()]).when(redefine(definition(SOLVER))).refused(No::Retired);
    given([]).when(retire()).refused(No::NotFound);
}

#[test]
fn aa1_the_name_in_force_is_its_own_else_the_one_that_waits() {
    let key = ClaimKey::of_name("Desk");
    let hold = [ClaimChange::Hold { scope: NAMES, key: key.clone() }];
    let release = [ClaimChange::Release { scope: NAMES, key }];
    let claims = |rule: &AssignmentRule, event| AssignmentRuleCommand::claims(rule, &event);
    let mut rule = AssignmentRule::default();
    let waiting = proposed(ADMIN, None, comes());
    assert_eq!(claims(&rule, waiting.clone()), hold);
    assert_eq!(claims(&rule, reads()), hold);
    rule.evolve(waiting);
    let declined = AssignmentRuleEvent::Declined(Declined {});
    assert_eq!(claims(&rule, declined), release);
    assert_eq!(claims(&rule, retired()), release);
    assert_eq!(claims(&rule, reads()), []);
}
