//! R1 to R9

use std::collections::BTreeSet;

use chrono::NaiveDate;
use uuid::Uuid;

use super::{away, day, hours_ago, idle, loaded, question, skilled, to_the_desk, today};
use crate::kernel::testing::world::{ANNA, BEN, DESK, GUS, HEIDI, MAIL, NORA};
use crate::kernel::{CiId, PersonId};
use crate::person::state::Deputy;
use crate::routing::{Candidate, Outcome, Question, Target, Why, route};
use crate::subject::event::DefaultsChosen;
use crate::ticket::Tier;
use crate::unit::{RoutingMethod, UnitKind};

fn routed(method: RoutingMethod, people: Vec<Candidate>) -> Target {
    route(&question(method, people), today())
}

fn least(people: Vec<Candidate>) -> Target {
    routed(RoutingMethod::LeastLoaded, people)
}

/// For the skill "network".
fn for_a_skill(people: Vec<Candidate>) -> Target {
    let mut question = question(RoutingMethod::LeastLoaded, people);
    let defaults = DefaultsChosen { skill: Some("network".to_owned()), ..to_the_desk() };
    question.subject = Some((MAIL, defaults));
    route(&question, today())
}

fn passed(target: &Target) -> Vec<(PersonId, Why)> {
    target.routing.passed_over.iter().map(|it| (it.person, it.why)).collect()
}

fn chosen(target: &Target) -> Option<PersonId> {
    target.assignees.first().copied()
}

#[test]
fn r1_what_names_no_unit_goes_to_dispatch() {
    let mut plain = question(RoutingMethod::LeastLoaded, vec![idle(ANNA)]);
    plain.subject = Some((MAIL, DefaultsChosen { unit: None, ..to_the_desk() }));
    let nothing = Question { subject: None, item: None, unit: None };
    for (question, subject) in [(plain, Some(MAIL)), (nothing, None)] {
        let target = route(&question, today());
        assert_eq!((target.unit, target.assignees), (None, BTreeSet::new()));
        assert_eq!(target.routing.outcome, Outcome::NoUnit);
        assert_eq!(target.routing.subject, subject);
    }
}

#[test]
fn r2_what_goes_to_a_closed_unit_goes_to_dispatch() {
    let mut closed = question(RoutingMethod::Pull, vec![]);
    closed.unit.as_mut().unwrap().closed = true;
    let mut customer = question(RoutingMethod::Pull, vec![]);
    customer.unit.as_mut().unwrap().kind = UnitKind::CustomerOrganization;
    let unknown = Question { unit: None, ..closed.clone() };
    for question in [closed, customer, unknown] {
        let target = route(&question, today());
        assert_eq!((target.unit, target.assignees.len()), (None, 0));
        assert_eq!(target.routing.outcome, Outcome::UnitClosed);
    }
}

#[test]
fn r3_a_unit_that_pulls_has_it_as_a_whole() {
    let target = routed(RoutingMethod::Pull, vec![idle(ANNA)]);
    assert_eq!((target.unit, target.assignees.len()), (Some(DESK), 0));
    assert_eq!(target.routing.outcome, Outcome::ToUnit);
    assert_eq!(target.routing.method, Some(RoutingMethod::Pull));
    assert!(passed(&target).is_empty());
}

#[test]
fn r4_whoever_lacks_the_skill_is_passed_over() {
    let ended = skilled(idle(BEN), Some(day(-1)));
    let last_day = skilled(loaded(HEIDI, 9), Some(today()));
    let target = for_a_skill(vec![idle(ANNA), ended, last_day]);
    assert_eq!(chosen(&target), Some(HEIDI));
    assert_eq!(target.routing.skill.as_deref(), Some("network"));
    assert_eq!(passed(&target), [(ANNA, Why::LacksSkill), (BEN, Why::LacksSkill)]);
    assert_eq!(chosen(&for_a_skill(vec![skilled(idle(BEN), None)])), Some(BEN));
}

#[test]
fn r4_whoever_is_inactive_or_works_in_another_tier_is_passed_over() {
    let people = vec![
        Candidate { active: false, ..idle(GUS) },
        Candidate { tier: Some(Tier(2)), ..loaded(BEN, 5) },
        idle(ANNA),
    ];
    let mut question = question(RoutingMethod::LeastLoaded, people);
    let mut asking = |tier| {
        question.subject = Some((MAIL, DefaultsChosen { tier: Some(tier), ..to_the_desk() }));
        route(&question, today())
    };
    let second = asking(Tier(2));
    assert_eq!((chosen(&second), second.routing.tier), (Some(BEN), Some(Tier(2))));
    assert_eq!(passed(&second), [(ANNA, Why::OtherTier), (GUS, Why::Inactive)]);
    assert_eq!(chosen(&asking(Tier::FIRST)), Some(ANNA));
}

#[test]
fn r5_the_deputy_stands_in() {
    let target = least(vec![away(loaded(ANNA, 1), BEN), loaded(BEN, 7), loaded(HEIDI, 2)]);
    assert_eq!((chosen(&target), target.routing.deputy_of), (Some(BEN), Some(ANNA)));
    assert_eq!(target.routing.load, Some(7));
    assert_eq!(passed(&target), [(HEIDI, Why::MoreLoaded)]);
}

#[test]
fn r5_from_the_first_day_to_the_last() {
    let from_until = |from: NaiveDate, until: NaiveDate| {
        let deputy = Some(Deputy { person: BEN, from, until });
        chosen(&least(vec![Candidate { deputy, ..idle(ANNA) }, loaded(BEN, 1)]))
    };
    assert_eq!(from_until(day(-3), day(-1)), Some(ANNA));
    assert_eq!(from_until(day(-3), day(0)), Some(BEN));
    assert_eq!(from_until(day(0), day(3)), Some(BEN));
    assert_eq!(from_until(day(1), day(3)), Some(ANNA));
}

#[test]
fn r5_only_a_deputy_of_the_unit_who_fits_and_is_there_stands_in() {
    let inactive = Candidate { active: false, ..idle(BEN) };
    for (deputy, why) in [(inactive, Why::Inactive), (away(idle(BEN), HEIDI), Why::Absent)] {
        let target = least(vec![away(idle(ANNA), BEN), deputy]);
        assert_eq!(target.routing.outcome, Outcome::NobodyFits);
        assert_eq!(passed(&target), [(ANNA, Why::Absent), (BEN, why)]);
    }
    let stranger = least(vec![away(idle(ANNA), NORA)]);
    assert_eq!(passed(&stranger), [(ANNA, Why::Absent)]);
}

#[test]
fn r6_the_least_loaded_gets_it_and_among_equals_whoever_waited_longest() {
    let had = |person, load, hours| Candidate {
        last_given: Some(hours_ago(hours)),
        ..loaded(person, load)
    };
    let target = least(vec![had(ANNA, 2, 9), had(BEN, 1, 1), had(HEIDI, 1, 2)]);
    assert_eq!((chosen(&target), target.routing.load), (Some(HEIDI), Some(1)));
    assert_eq!(passed(&target), [(ANNA, Why::MoreLoaded), (BEN, Why::NotTheirTurn)]);
    assert_eq!(chosen(&least(vec![had(ANNA, 1, 9), loaded(BEN, 1)])), Some(BEN));
    assert_eq!(chosen(&least(vec![loaded(BEN, 1), loaded(ANNA, 1)])), Some(ANNA));
}

#[test]
fn r6_in_turn_whatever_the_load() {
    let had = |person, hours| Candidate { last_given: Some(hours_ago(hours)), ..loaded(person, 9) };
    let in_turn = |people| routed(RoutingMethod::RoundRobin, people);
    let target = in_turn(vec![had(ANNA, 1), had(BEN, 2), had(HEIDI, 3)]);
    assert_eq!((chosen(&target), target.routing.outcome), (Some(HEIDI), Outcome::ToPerson));
    assert_eq!(passed(&target), [(ANNA, Why::NotTheirTurn), (BEN, Why::NotTheirTurn)]);
    assert_eq!(chosen(&in_turn(vec![had(ANNA, 1), loaded(BEN, 30)])), Some(BEN));
}

#[test]
fn r7_when_nobody_fits_the_unit_has_it_as_a_whole() {
    for target in [for_a_skill(vec![idle(ANNA)]), least(vec![])] {
        assert_eq!((target.unit, target.assignees.len()), (Some(DESK), 0));
        assert_eq!((target.routing.outcome, target.routing.load), (Outcome::NobodyFits, None));
    }
}

#[test]
fn r8_at_most_fifty_are_named() {
    let people = (1..=60).map(|n| idle(PersonId(Uuid::from_u128(n)))).collect();
    assert_eq!(least(people).routing.passed_over.len(), 50);
}

#[test]
fn r9_an_item_that_names_its_unit_goes_before_the_subject() {
    let item = CiId(Uuid::from_u128(0xc1));
    let mut asked = question(RoutingMethod::LeastLoaded, vec![idle(ANNA)]);
    let skill = DefaultsChosen { skill: Some("network".to_owned()), ..to_the_desk() };
    asked.item = Some(item);
    for subject in [None, Some((MAIL, skill)), Some((MAIL, DefaultsChosen::default()))] {
        let target = route(&Question { subject, ..asked.clone() }, today());
        assert_eq!((target.unit, chosen(&target)), (Some(DESK), Some(ANNA)));
        assert_eq!((target.routing.item, target.routing.subject), (Some(item), None));
        assert_eq!(target.routing.skill, None);
    }
}
