//! What commands on rights are told of those they are about.

use std::collections::{BTreeMap, BTreeSet};

use domain::Fact;
use domain::access::Premise;
use domain::access::known::{AccessFacts, AccessNeeds, GroupFacts, Holders};
use domain::access::model::{AccessSubject, Granted, Human, Scope};
use domain::access::population::{Population, Test};
use domain::access::sod::{Origin, Tenure};
use domain::access_group::{AccessGroupEvent, event as group_event};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::Withdrawn;
use domain::kernel::{AccessRequestId, GrantId, PersonId, ServiceAccountId};
use domain::person::PersonEvent;
use domain::person::event::{Suspended, TierAssigned};
use domain::subject_access::event::GrantMade;
use domain::ticket::Tier;
use uuid::Uuid;

use super::{ME, OTHER, desk};
use crate::directory::{Asking, Doing};
use crate::testing::access::{
    closed, defined, definition, grant, granted, group, group_defined, made, member_added, opened,
    program, revoked, role, submitted,
};
use crate::testing::{AGENT, CLIENT, UNIT, at};

const PROGRAM: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x5b9));
const REQUEST: AccessRequestId = AccessRequestId(Uuid::from_u128(0x4e9));

async fn told(asking: &Asking, needs: AccessNeeds) -> AccessFacts {
    asking.access(&needs, Doing::Nobody, at(0)).await.unwrap()
}

async fn subject(asking: &Asking, subject: AccessSubject) -> domain::access::known::HolderFacts {
    let needs = AccessNeeds { subjects: [subject].into(), ..AccessNeeds::default() };
    told(asking, needs).await.subjects.remove(&subject).unwrap()
}

fn origins(tenures: &[Tenure]) -> BTreeSet<Origin> {
    tenures.iter().map(|tenure| tenure.origin).collect()
}

fn by<const N: usize>(numbers: [u128; N]) -> BTreeSet<Origin> {
    numbers.map(|number| Origin::Grant(grant(number))).into()
}

#[tokio::test]
async fn beside_what_somebody_has_counts_what_else_is_theirs() {
    let (world, asking) = desk().await;
    let (group_of, service) = (AccessSubject::Group(group(1)), AccessSubject::Service(PROGRAM));
    world
        .say(&[
            program(PROGRAM, AGENT),
            group_defined(1, CLIENT),
            member_added(1, ME),
            opened(ME),
            granted(ME, made(1, role(1))),
            granted(ME, made(2, role(1))),
            revoked(ME, 2),
            opened(service),
            granted(service, made(3, role(1))),
            opened(group_of),
            granted(group_of, made(4, role(1))),
            submitted(REQUEST, ME, role(1)),
        ])
        .await;
    let me = subject(&asking, ME).await;
    assert!(me.active);
    assert_eq!(me.humans, [Human(AGENT)].into());
    assert_eq!(origins(&me.own.tenures), by([1]));
    let asked = Origin::Request(REQUEST);
    let beside = &me.beside[&Human(AGENT)];
    assert_eq!(origins(&beside.tenures), &by([3, 4]) | &[asked].into());
    let wanted = beside.tenures.iter().find(|tenure| tenure.origin == asked).unwrap();
    let expected = Tenure { what: Granted::Role(role(1)), from: at(0), until: None, origin: asked };
    assert_eq!(*wanted, expected);
    // Of the program, and of the group, what the human has of themselves.
    let program = subject(&asking, service).await;
    assert_eq!((program.active, program.humans), (true, [Human(AGENT)].into()));
    assert_eq!(origins(&program.own.tenures), by([3]));
    let theirs = &by([1, 4]) | &[asked].into();
    assert_eq!(origins(&program.beside[&Human(AGENT)].tenures), theirs);
    let group_facts = subject(&asking, group_of).await;
    let theirs = &by([1, 3]) | &[asked].into();
    assert_eq!(origins(&group_facts.beside[&Human(AGENT)].tenures), theirs);
    // What is not asked for any more, or was closed, counts no more.
    let withdrawn = AccessRequestEvent::Withdrawn(Withdrawn {});
    world.say(&[Fact::AccessRequest(REQUEST, withdrawn), closed(service)]).await;
    let me = subject(&asking, ME).await;
    assert_eq!(origins(&me.beside[&Human(AGENT)].tenures), by([4]));
}

#[tokio::test]
async fn who_is_suspended_is_not_active_and_who_is_not_there_is_not_known() {
    let (world, asking) = desk().await;
    world.say(&[Fact::Person(AGENT, PersonEvent::Suspended(Suspended {}))]).await;
    assert!(!subject(&asking, ME).await.active);
    assert!(subject(&asking, OTHER).await.active);
    let stranger = AccessSubject::Person(PersonId(Uuid::from_u128(9)));
    let (program, nothing) = (AccessSubject::Service(PROGRAM), AccessSubject::Group(group(9)));
    let subjects = [stranger, program, nothing].into();
    let needs = AccessNeeds { subjects, groups: [group(9)].into(), ..AccessNeeds::default() };
    assert_eq!(told(&asking, needs).await.subjects, BTreeMap::new());
}

#[tokio::test]
async fn a_group_is_known_with_those_within_it_and_those_around_it() {
    let (world, asking) = desk().await;
    let groups = [1, 2, 3].map(|number| AccessSubject::Group(group(number)));
    let [inner, middle, outer] = groups;
    let of_tier = Population([[Test::Tier(Tier(2))].into()].into());
    let chosen = group_event::PopulationChosen { population: Some(of_tier) };
    world
        .say(&[
            group_defined(1, CLIENT),
            group_defined(2, CLIENT),
            group_defined(3, CLIENT),
            group_defined(4, CLIENT),
            member_added(2, inner),
            member_added(3, middle),
            member_added(2, OTHER),
            Fact::AccessGroup(group(1), AccessGroupEvent::PopulationChosen(chosen)),
            Fact::Person(AGENT, PersonEvent::TierAssigned(TierAssigned { tier: Tier(2) })),
            opened(outer),
            granted(outer, made(1, role(1))),
            opened(inner),
            granted(inner, made(2, role(1))),
        ])
        .await;
    let over = AccessGroupEvent::Retired(group_event::Retired {});
    world.say(&[Fact::AccessGroup(group(4), over)]).await;
    let needs = AccessNeeds {
        groups: [group(2), group(4)].into(),
        subjects: [middle].into(),
        ..AccessNeeds::default()
    };
    let mut facts = told(&asking, needs).await;
    let held: Vec<GrantId> = facts.groups[&group(2)].held.iter().map(|held| held.id).collect();
    assert_eq!(held, [grant(1)]);
    let middle_facts = facts.groups.remove(&group(2)).unwrap();
    let expected = GroupFacts {
        retired: false,
        within: [group(1)].into(),
        around: [group(3)].into(),
        depth: 1,
        height: 1,
        people: [AGENT, CLIENT].into(),
        held: middle_facts.held.clone(),
    };
    assert_eq!(middle_facts, expected);
    assert!(facts.groups[&group(4)].retired);
    assert_eq!(facts.subjects[&middle].humans, [Human(AGENT), Human(CLIENT)].into());
    // Whoever is meant by the inner one has what it has.
    let of_agent = &facts.subjects[&middle].beside[&Human(AGENT)];
    assert_eq!(origins(&of_agent.tenures), by([1, 2]));
    assert_eq!(origins(&facts.subjects[&middle].beside[&Human(CLIENT)].tenures), by([1]));
}

#[tokio::test]
async fn holders_of_a_role_have_it_or_one_that_inherits_from_it() {
    let (world, asking) = desk().await;
    let mut senior = definition(2, &["person.*"]);
    senior.juniors = [role(1)].into();
    let mut over = made(4, role(1));
    over.until = Some(at(-1));
    let group_of = AccessSubject::Group(group(1));
    world
        .say(&[
            defined(senior),
            defined(definition(3, &["ci.*"])),
            group_defined(1, CLIENT),
            opened(ME),
            granted(ME, made(1, role(1))),
            granted(ME, made(2, role(2))),
            opened(OTHER),
            granted(OTHER, made(3, role(2))),
            opened(group_of),
            granted(group_of, over),
        ])
        .await;
    let needs = AccessNeeds { holders: [role(1)].into(), ..AccessNeeds::default() };
    let both = Holders { some: vec![ME, OTHER], count: 2 };
    let expected = BTreeMap::from([(role(1), both.clone()), (role(2), both)]);
    assert_eq!(told(&asking, needs.clone()).await.holders, expected);
    world.say(&[closed(OTHER)]).await;
    let me = Holders { some: vec![ME], count: 1 };
    let expected = BTreeMap::from([(role(1), me.clone()), (role(2), me)]);
    assert_eq!(told(&asking, needs).await.holders, expected);
    let unknown = AccessNeeds { holders: [role(9)].into(), ..AccessNeeds::default() };
    let nobody = BTreeMap::from([(role(9), Holders::default())]);
    assert_eq!(told(&asking, unknown).await.holders, nobody);
}

#[tokio::test]
async fn keepers_give_access_everywhere_and_for_good_and_are_there() {
    let (world, asking) = desk().await;
    let group_of = AccessSubject::Group(group(1));
    let mut short = made(2, role(2));
    short.until = Some(at(9));
    let mut item = made(3, role(2));
    item.scope = "elsewhere".parse::<Scope>().unwrap();
    world
        .say(&[
            defined(definition(2, &["access.*"])),
            group_defined(1, CLIENT),
            opened(ME),
            granted(ME, made(1, role(2))),
            granted(ME, short),
            granted(ME, item),
            granted(ME, made(4, role(1))),
            opened(group_of),
            granted(group_of, made(5, role(2))),
        ])
        .await;
    let needs = AccessNeeds { keepers: true, ..AccessNeeds::default() };
    assert_eq!(told(&asking, needs.clone()).await.keepers, [grant(1)].into());
    world.say(&[member_added(1, OTHER)]).await;
    assert_eq!(told(&asking, needs.clone()).await.keepers, [grant(1), grant(5)].into());
    world.say(&[Fact::Person(AGENT, PersonEvent::Suspended(Suspended {}))]).await;
    assert_eq!(told(&asking, needs).await.keepers, [grant(5)].into());
}

#[tokio::test]
async fn behind_a_barrier_those_keep_who_have_it_there_or_past_barriers() {
    let (world, asking) = desk().await;
    let group_of = AccessSubject::Group(group(1));
    let there = |number| {
        let scope = format!("{}", UNIT.0).parse::<Scope>().unwrap();
        GrantMade { scope, ..made(number, role(2)) }
    };
    world
        .say(&[
            defined(definition(2, &["access.*"])),
            group_defined(1, CLIENT),
            opened(ME),
            granted(ME, made(1, role(2))),
            granted(ME, there(2)),
            granted(ME, GrantMade { pierces: true, ..made(3, role(2)) }),
            granted(ME, GrantMade { until: Some(at(9)), ..there(4) }),
            granted(ME, GrantMade { scope: "elsewhere".parse().unwrap(), ..there(5) }),
            opened(group_of),
            granted(group_of, there(6)),
        ])
        .await;
    let needs = AccessNeeds { behind: [UNIT].into(), ..AccessNeeds::default() };
    let known = told(&asking, needs.clone()).await;
    assert_eq!(known.behind, [(UNIT, [grant(2), grant(3)].into())].into());
    assert!(known.keepers.is_empty());
    assert!(known.leans.contains_key(&Premise::Person(AGENT)));
    // Somebody is in the group.
    world.say(&[member_added(1, OTHER)]).await;
    let known = told(&asking, needs.clone()).await;
    assert_eq!(known.behind[&UNIT], [grant(2), grant(3), grant(6)].into());
    world.say(&[Fact::Person(AGENT, PersonEvent::Suspended(Suspended {}))]).await;
    assert_eq!(told(&asking, needs).await.behind[&UNIT], [grant(6)].into());
}
