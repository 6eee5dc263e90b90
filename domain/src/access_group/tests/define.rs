//! AG1, AG2, AG4, AG6: the group itself, and its population.

use std::sync::Arc;

use super::{defined, given, given_of, retired};
use crate::access::known::AccessFacts;
use crate::access::population::{Population, PopulationFault, Test};
use crate::access::testing::{CREW, ENDED, READER, TEAM, grant, known};
use crate::access_group::AccessGroupRefusal as No;
use crate::access_group::command::{ChoosePopulation, Define, NAMES, Redefine, Retire};
use crate::access_group::event::{PopulationChosen, Redefined};
use crate::access_group::{AccessGroup, AccessGroupCommand, AccessGroupEvent};
use crate::access_policy::AccessPolicy;
use crate::kernel::testing::world::{BEN, DESK, GUS, HEIDI, NOBODY, NOWHERE};
use crate::kernel::text::TextFault;
use crate::kernel::{ClaimChange, ClaimKey, Command, PersonId};

fn define(name: &str, purpose: &str, owner: PersonId) -> AccessGroupCommand {
    let (name, purpose) = (name.to_owned(), purpose.to_owned());
    AccessGroupCommand::Define(Define { name, purpose, owner })
}

fn redefine(name: &str, owner: PersonId) -> AccessGroupCommand {
    let (name, purpose) = (name.to_owned(), "Works at night".to_owned());
    AccessGroupCommand::Redefine(Redefine { name, purpose, owner })
}

fn retire() -> AccessGroupCommand {
    AccessGroupCommand::Retire(Retire { group: TEAM })
}

#[test]
fn ag1_a_group_is_defined_once_for_a_purpose_with_an_active_owner() {
    given([]).when(define(" Night shift ", "Works at night", BEN)).then([defined()]);
    given([defined()]).when(define("Other", "x", BEN)).refused(No::Exists);
    given([]).when(define(" ", "x", BEN)).refused(No::NameUnfit(TextFault::Empty));
    let long = "x".repeat(2_001);
    given([]).when(define("x", &long, BEN)).refused(No::PurposeUnfit(TextFault::TooLong(2_000)));
    for owner in [GUS, NOBODY] {
        given([]).when(define("x", "x", owner)).refused(No::KeeperUnfit);
        given([defined()]).when(redefine("x", owner)).refused(No::KeeperUnfit);
    }
}

#[test]
fn ag1_it_is_said_anew_as_a_whole() {
    let (name, purpose) = ("Day shift".to_owned(), "Works at night".to_owned());
    let redefined = AccessGroupEvent::Redefined(Redefined { name, purpose, owner: HEIDI });
    given([defined()]).when(redefine("Day shift", HEIDI)).then([redefined]);
    given([defined()]).when(redefine("Night shift", BEN)).nothing();
    given([]).when(redefine("x", BEN)).refused(No::NotFound);
    given([defined(), retired()]).when(redefine("x", BEN)).refused(No::Retired);
}

#[test]
fn ag6_a_retired_group_is_over_and_its_name_is_free() {
    given([defined()]).when(retire()).then([retired()]);
    given([defined(), retired()]).when(retire()).nothing();
    given([]).when(retire()).refused(No::NotFound);
    let mut group = AccessGroup::default();
    let key = ClaimKey::of_name("Night shift");
    let hold = ClaimChange::Hold { scope: NAMES, key: key.clone() };
    assert_eq!(AccessGroupCommand::claims(&group, &defined()), [hold]);
    group.evolve(defined());
    let chosen = AccessGroupEvent::PopulationChosen(PopulationChosen { population: None });
    assert_eq!(AccessGroupCommand::claims(&group, &chosen), []);
    let release = ClaimChange::Release { scope: NAMES, key };
    assert_eq!(AccessGroupCommand::claims(&group, &retired()), [release]);
}

fn of_unit(unit: crate::kernel::UnitId) -> Population {
    Population([[Test::Unit(unit)].into()].into())
}

fn choose(population: Option<Population>) -> AccessGroupCommand {
    AccessGroupCommand::ChoosePopulation(ChoosePopulation { group: TEAM, population })
}

fn chosen(population: Option<Population>) -> AccessGroupEvent {
    AccessGroupEvent::PopulationChosen(PopulationChosen { population })
}

#[test]
fn ag2_whoever_is_of_its_population_belongs_to_it() {
    let desk = Some(of_unit(DESK));
    let state = given([defined()]).when(choose(desk.clone())).then([chosen(desk.clone())]).state();
    assert_eq!(state.body().unwrap().population, desk);
    given([defined(), chosen(desk.clone())]).when(choose(desk.clone())).nothing();
    given([defined(), chosen(desk.clone())]).when(choose(None)).then([chosen(None)]);
    given([defined()]).when(choose(Some(of_unit(NOWHERE)))).refused(No::UnitUnfit);
    let nobody = Some(Population([].into()));
    let fault = No::PopulationUnfit(PopulationFault::Empty);
    given([defined()]).when(choose(nobody)).refused(fault);
    given([defined(), retired()]).when(choose(desk)).refused(No::Retired);
}

#[test]
fn ag4_a_population_is_let_in_by_who_may_give_what_the_group_holds() {
    let holding = || {
        let mut known = known();
        known.groups.get_mut(&TEAM).unwrap().held = vec![grant(1, READER)];
        known
    };
    let desk = || choose(Some(of_unit(DESK)));
    given_of(holding(), [defined()]).when(desk()).acts();
    let poor = || AccessFacts { held: vec![], ..holding() };
    let action = "ticket.read".parse().unwrap();
    given_of(poor(), [defined()]).when(desk()).refused(No::NotHeld { action });
    given_of(poor(), [defined()]).by_nobody().when(desk()).acts();
    // To let nobody in any more takes nothing.
    let before = [defined(), chosen(Some(of_unit(DESK)))];
    given_of(poor(), before).when(choose(None)).acts();
}

#[test]
fn ag4_and_what_was_prepared_for_its_people() {
    let desk = || choose(Some(of_unit(DESK)));
    let prepared = |group, held| {
        let emergencies = [(READER, group)].into();
        let policy = AccessPolicy { emergencies, ..AccessPolicy::default() };
        let mut known = AccessFacts { policy: Some(Arc::new(policy)), held, ..known() };
        known.groups.get_mut(&TEAM).unwrap().around = [CREW].into();
        known
    };
    let action = "ticket.read".parse().unwrap();
    let no = No::NotHeld { action };
    for group in [TEAM, CREW] {
        given_of(prepared(group, vec![]), [defined()]).when(desk()).refused(no.clone());
        let reads = vec![grant(0, READER)];
        given_of(prepared(group, reads), [defined()]).when(desk()).acts();
        given_of(prepared(group, vec![]), [defined()]).by_nobody().when(desk()).acts();
    }
    given_of(prepared(ENDED, vec![]), [defined()]).when(desk()).acts();
}
