//! Laws of any routing.

use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::{day, hours_ago, question, to_the_desk, today};
use crate::kernel::PersonId;
use crate::kernel::testing::cases;
use crate::kernel::testing::world::MAIL;
use crate::person::state::{Deputy, Skill};
use crate::routing::{Candidate, Outcome, Question, route};
use crate::subject::event::DefaultsChosen;
use crate::ticket::Tier;
use crate::unit::RoutingMethod;

/// One more than there are people: a deputy may be a stranger.
const PEOPLE: u128 = 9;

fn id(number: u128) -> PersonId {
    PersonId(Uuid::from_u128(number))
}

fn deputy() -> impl Strategy<Value = Deputy> {
    (1..=PEOPLE, -3_i64..2, 0_i64..4).prop_map(|(number, from, days)| Deputy {
        person: id(number),
        from: day(from),
        until: day(from + days),
    })
}

fn skill() -> impl Strategy<Value = Skill> {
    prop::option::of((-2_i64..2).prop_map(day))
        .prop_map(|certified_until| Skill { level: 3, certified_until })
}

fn candidate(number: u128) -> impl Strategy<Value = Candidate> {
    let tier = prop::option::of((1..=3_u8).prop_map(Tier));
    let given = prop::option::of((0_i64..4).prop_map(hours_ago));
    let known = (prop::option::of(skill()), prop::option::of(deputy()));
    (prop::bool::weighted(0.8), tier, known, 0..4_u32, given).prop_map(
        move |(active, tier, (skill, deputy), load, last_given)| Candidate {
            person: id(number),
            active,
            tier,
            skills: skill.map(|skill| ("network".to_owned(), skill)).into_iter().collect(),
            deputy,
            load,
            last_given,
        },
    )
}

fn people() -> impl Strategy<Value = Vec<Candidate>> {
    let all: Vec<_> = (1..PEOPLE).map(candidate).collect();
    (all, 0..PEOPLE as usize).prop_map(|(mut all, count)| {
        all.truncate(count);
        all
    })
}

fn any_question() -> impl Strategy<Value = Question> {
    let methods = vec![RoutingMethod::LeastLoaded, RoutingMethod::RoundRobin, RoutingMethod::Pull];
    let skill = prop::option::of(Just("network".to_owned()));
    let tier = prop::option::of((1..=3_u8).prop_map(Tier));
    (prop::sample::select(methods), people(), skill, tier).prop_map(
        |(method, people, skill, tier)| Question {
            subject: Some((MAIL, DefaultsChosen { skill, tier, ..to_the_desk() })),
            ..question(method, people)
        },
    )
}

fn candidates(question: &Question) -> BTreeMap<PersonId, &Candidate> {
    question.unit.iter().flat_map(|unit| &unit.people).map(|it| (it.person, it)).collect()
}

/// R4 and R5, said once more in other words.
fn fits_and_is_there(candidate: &Candidate, asked: &DefaultsChosen) -> bool {
    let tier = asked.tier.is_none_or(|tier| candidate.tier.unwrap_or(Tier(1)) == tier);
    let skill = asked.skill.is_none()
        || candidate.skills.values().any(|it| it.certified_until >= Some(today()))
        || candidate.skills.values().any(|it| it.certified_until.is_none());
    let there = candidate.deputy.is_none_or(|it| today() < it.from || it.until < today());
    candidate.active && tier && skill && there
}

proptest! {
    #![proptest_config(cases())]

    #[test]
    fn the_order_of_the_people_does_not_matter(
        (question, shuffled) in any_question().prop_flat_map(|question| {
            let people = question.unit.as_ref().map(|it| it.people.clone()).unwrap_or_default();
            (Just(question), Just(people).prop_shuffle())
        }),
    ) {
        let mut other = question.clone();
        other.unit.as_mut().unwrap().people = shuffled;
        prop_assert_eq!(route(&question, today()), route(&other, today()));
    }

    #[test]
    fn whoever_gets_it_fits_and_is_there(question in any_question()) {
        let target = route(&question, today());
        let asked = &question.subject.as_ref().unwrap().1;
        let people = candidates(&question);
        prop_assert!(target.assignees.len() <= 1);
        for person in &target.assignees {
            prop_assert!(fits_and_is_there(people[person], asked));
            prop_assert_eq!(target.routing.load, Some(people[person].load));
        }
        if target.routing.outcome == Outcome::NobodyFits {
            prop_assert!(!people.values().any(|it| fits_and_is_there(it, asked)));
        }
        let to_person = target.routing.outcome == Outcome::ToPerson;
        prop_assert_eq!(to_person, !target.assignees.is_empty());
    }

    #[test]
    fn everybody_gets_it_or_is_stood_in_for_or_is_passed_over(question in any_question()) {
        let target = route(&question, today());
        let pulled = question.unit.as_ref().unwrap().method == RoutingMethod::Pull;
        prop_assume!(!pulled);
        let mut told: Vec<_> = target.routing.passed_over.iter().map(|it| it.person).collect();
        told.extend(&target.assignees);
        told.extend(target.routing.deputy_of);
        told.sort_unstable();
        prop_assert_eq!(told, candidates(&question).into_keys().collect::<Vec<_>>());
    }
}
