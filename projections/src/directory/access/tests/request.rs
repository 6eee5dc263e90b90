//! What a request depends on.

use std::collections::{BTreeMap, BTreeSet};

use chrono::TimeDelta;
use domain::Fact;
use domain::access::decide::World;
use domain::access::known::AccessNeeds;
use domain::access::model::{
    AccessSubject, GrantSource, Human, Level, Lifted, RelationName, RelationRule, RelationSet,
    RiskTier, RoleDefinition, Scope, SodAction, Strength,
};
use domain::access_policy::event::{GovernanceChosen, RulesSet};
use domain::access_policy::{AccessPolicyEvent, Approver, RequestRule, StageRule};
use domain::access_request::known::{RequestFacts, RequestQuery, RoleTerms};
use domain::access_request::stage::{Mode, Span};
use domain::access_request::wanted::{Finding, Wanted, What};
use domain::kernel::{AccessRequestId, DenyRuleId, PersonId, SodRuleId};
use domain::person::event::{AccountLinked, Suspended};
use domain::person::{PersonEvent, Role};
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::Excepted;
use domain::unit::UnitEvent;
use domain::unit::event::Joined;
use uuid::Uuid;

use super::{ME, desk};
use crate::directory::{Asking, Doing};
use crate::testing::access::{
    defined, definition, denied, exception, granted, group, group_defined, made, member_added, of,
    opened, parted, role, submitted,
};
use crate::testing::{self, AGENT, CLIENT, UNIT, at, registered, sla};

const BEN: PersonId = PersonId(Uuid::from_u128(0xb1));
const HEIDI: PersonId = PersonId(Uuid::from_u128(0xb2));
const NORA: PersonId = PersonId(Uuid::from_u128(0xb3));

fn person(id: PersonId) -> AccessSubject {
    AccessSubject::Person(id)
}

/// A role that may decide requests, standing so, up to a level.
fn decides(number: u128, when: RelationRule, level: u8) -> RoleDefinition {
    let mut role = definition(number, &["access.use", "access.decide"]);
    (role.entries[0].when, role.entries[0].level) = (when, Some(Level(level)));
    role
}

fn has(subject: AccessSubject, number: u128, what: u128) -> Vec<Fact> {
    vec![opened(subject), granted(subject, made(number, role(what)))]
}

/// The agent heads Ben's unit and decides for it; Heidi decides everything; Nora and Heidi govern.
async fn company() -> (testing::World, Asking) {
    let (world, asking) = desk().await;
    let heads: RelationSet = [RelationName::Heads].into_iter().collect();
    let span = Span { calendar: None, seconds: 60 };
    let named = [
        Approver::Holders(role(5)),
        Approver::Group(group(1)),
        Approver::Person(NORA),
        Approver::Superior,
    ];
    let stage = StageRule { order: 1, approvers: named.into(), mode: Mode::Any, span };
    let rule = RequestRule {
        key: "all".to_owned(),
        roles: BTreeSet::new(),
        tiers: BTreeSet::new(),
        stages: vec![stage],
    };
    let governance = GovernanceChosen { governance: Some(group(1)), owner: Some(CLIENT) };
    let policy = [
        AccessPolicyEvent::RulesSet(RulesSet { rules: vec![rule] }),
        AccessPolicyEvent::GovernanceChosen(governance),
    ];
    let people = [(BEN, "ben"), (HEIDI, "heidi"), (NORA, "nora")];
    let people = people.map(|(id, login)| registered(id, login, Role::Agent, None));
    world.say(&people).await;
    world
        .say(&[
            Fact::Unit(UNIT, UnitEvent::Joined(Joined { person: BEN })),
            defined(decides(5, RelationRule::ALWAYS, 3)),
            defined(decides(6, RelationRule(vec![heads]), 1)),
            group_defined(1, CLIENT),
            member_added(1, person(HEIDI)),
            member_added(1, person(NORA)),
        ])
        .await;
    world.say(&policy.map(Fact::AccessPolicy)).await;
    world.say(&[has(person(HEIDI), 1, 5), has(ME, 2, 6)].concat()).await;
    (world, asking)
}

fn wanted(what: What) -> Wanted {
    Wanted { what, scope: Scope::Everywhere, from: None, until: None }
}

/// Ben asks for the first role.
fn query() -> RequestQuery {
    RequestQuery {
        wanted: wanted(What::Role { role: role(1) }),
        requester: Some(BEN),
        beneficiary: person(BEN),
        people: [CLIENT].into(),
        spans: BTreeSet::new(),
    }
}

async fn told(asking: &Asking, query: RequestQuery) -> RequestFacts {
    told_to(asking, query, None).await
}

async fn told_to(asking: &Asking, query: RequestQuery, doer: Option<&World>) -> RequestFacts {
    let needs = AccessNeeds { request: Some(query), ..AccessNeeds::default() };
    let doing = doer.map_or(Doing::Nobody, Doing::Person);
    let facts = asking.access(&needs, doing, at(0)).await.unwrap();
    (*facts.request.unwrap()).clone()
}

fn levels(facts: &RequestFacts) -> BTreeMap<PersonId, u8> {
    let levels = facts.deciders.iter().map(|(person, decider)| {
        assert_eq!(decider.human, Human(*person));
        (*person, decider.level.0)
    });
    levels.collect()
}

#[tokio::test]
async fn the_people_behind_a_request_are_those_of_now() {
    let (world, asking) = company().await;
    let facts = told(&asking, query()).await;
    let terms = RoleTerms {
        tier: RiskTier::Standard,
        requestable: true,
        max_duration: None,
        retired: false,
    };
    assert_eq!((facts.role, facts.risk), (Some(terms), Level(1)));
    assert!(facts.beneficiary_active && facts.findings.is_empty());
    assert_eq!(facts.parties, [Human(BEN)].into());
    let govern = BTreeSet::from([HEIDI, NORA]);
    let expected = BTreeMap::from([
        (Approver::RoleOwner, [AGENT].into()),
        (Approver::Superior, [AGENT].into()),
        (Approver::Governance, govern.clone()),
        (Approver::Person(NORA), [NORA].into()),
        (Approver::Group(group(1)), govern),
        (Approver::Holders(role(5)), [HEIDI].into()),
    ]);
    assert_eq!(facts.approvers, expected);
    assert_eq!(levels(&facts), [(HEIDI, 3), (AGENT, 1)].into());
    assert_eq!((facts.voter(HEIDI), facts.voter(NORA)), (Some(Human(HEIDI)), None));
    // Whoever is not there any more decides nothing, and stays who is asked.
    world.say(&[Fact::Person(HEIDI, PersonEvent::Suspended(Suspended {}))]).await;
    let facts = told(&asking, query()).await;
    assert_eq!(levels(&facts), [(AGENT, 1)].into());
    assert_eq!(facts.approvers[&Approver::Holders(role(5))], BTreeSet::new());
}

#[tokio::test]
async fn a_group_that_has_a_role_holds_it_with_its_people() {
    let (world, asking) = company().await;
    let group_of = AccessSubject::Group(group(1));
    world.say(&has(group_of, 3, 5)).await;
    let facts = told(&asking, query()).await;
    assert_eq!(facts.approvers[&Approver::Holders(role(5))], [HEIDI, NORA].into());
    assert_eq!(levels(&facts), [(HEIDI, 3), (NORA, 3), (AGENT, 1)].into());
}

#[tokio::test]
async fn whoever_stands_in_for_a_head_decides_as_they_do() {
    let (world, asking) = company().await;
    let mut lent = made(3, role(6));
    (lent.source, lent.delegated_by) = (GrantSource::Delegation, Some(AGENT));
    world.say(&[opened(person(NORA)), granted(person(NORA), lent)]).await;
    let facts = told(&asking, query()).await;
    assert_eq!(levels(&facts), [(HEIDI, 3), (AGENT, 1), (NORA, 1)].into());
}

#[tokio::test]
async fn whoever_answers_to_who_asks_is_known_and_so_is_whoever_does_it() {
    let (_world, asking) = company().await;
    let asked = RequestQuery { requester: Some(AGENT), beneficiary: ME, ..query() };
    let facts = told(&asking, asked).await;
    assert_eq!(facts.subordinates, [BEN].into());
    // Nobody named them, and nobody else asks.
    let ben = asking.principal(BEN, at(0)).await.unwrap().unwrap().world;
    assert!(told_to(&asking, query(), Some(&ben)).await.voter(BEN).is_none());
    let of_group = RequestQuery { beneficiary: AccessSubject::Group(group(1)), ..query() };
    let facts = told(&asking, of_group).await;
    assert_eq!(facts.parties, [Human(BEN), Human(HEIDI), Human(NORA)].into());
    assert_eq!(facts.approvers[&Approver::Superior], BTreeSet::new());
    let unknown = RequestQuery { wanted: wanted(What::Role { role: role(9) }), ..query() };
    assert_eq!(told(&asking, unknown).await.role, None);
}

#[tokio::test]
async fn what_would_break_and_what_is_denied_is_noted() {
    let (world, asking) = company().await;
    let found = async |query| told(&asking, query).await.findings;
    let rules = [1, 2].map(|number| SodRuleId(Uuid::from_u128(0x50_0000 + number)));
    world
        .say(&[
            defined(definition(7, &["person.*"])),
            defined(definition(8, &["ci.read"])),
            parted(1, [role(1), role(7)], SodAction::Block),
            parted(2, [role(1), role(8)], SodAction::Approve),
        ])
        .await;
    // By a group, and by another request.
    let group_of = AccessSubject::Group(group(2));
    world.say(&[group_defined(2, CLIENT), member_added(2, person(BEN))]).await;
    world.say(&has(group_of, 3, 7)).await;
    assert_eq!(found(query()).await, [Finding::DutiesBlock { rule: rules[0] }].into());
    let other = AccessRequestId(Uuid::from_u128(0x4e1));
    world.say(&[submitted(other, person(BEN), role(8))]).await;
    let both = [Finding::DutiesBlock { rule: rules[0] }, Finding::DutiesApprove { rule: rules[1] }];
    assert_eq!(found(query()).await, both.into());
    // What is denied: some of it, or all.
    let heidi = RequestQuery { beneficiary: person(HEIDI), ..query() };
    let [soft, hard] = [1, 2].map(|number| DenyRuleId(Uuid::from_u128(0xde_0000 + number)));
    world.say(&[denied(1, Strength::Soft, &["ticket.close"])]).await;
    world.say(&[denied(2, Strength::Hard, &["ticket.read"])]).await;
    assert_eq!(found(heidi.clone()).await, [Finding::SoftDeny { rule: soft }].into());
    let excepted = SubjectAccessEvent::Excepted(Box::new(Excepted {
        exception: exception(1),
        lifts: Lifted::Deny(soft),
        owner: AGENT,
        control: "Somebody looks".to_owned(),
        from: at(0),
        until: at(60),
        request: None,
    }));
    world.say(&[of(person(HEIDI), excepted)]).await;
    assert_eq!(found(heidi.clone()).await, BTreeSet::new());
    world.say(&[denied(3, Strength::Hard, &["ticket.*"])]).await;
    let all = DenyRuleId(Uuid::from_u128(0xde_0003));
    assert_eq!(found(heidi.clone()).await, [Finding::HardDeny { rule: all }].into());
    // No exception lets anybody past what nothing lifts.
    let past = |lifts| {
        let what = What::Exception { lifts, control: "Somebody looks".to_owned() };
        RequestQuery { wanted: wanted(what), ..heidi.clone() }
    };
    assert_eq!(found(past(Lifted::Deny(soft))).await, BTreeSet::new());
    assert_eq!(found(past(Lifted::Deny(hard))).await, [Finding::HardDeny { rule: hard }].into());
    let blocked = Finding::DutiesBlock { rule: rules[0] };
    assert_eq!(found(past(Lifted::Sod(rules[0]))).await, [blocked].into());
    assert_eq!(told(&asking, past(Lifted::Sod(rules[1]))).await.risk, Level(3));
}

#[tokio::test]
async fn whoever_asks_is_a_party_with_every_account_and_so_is_whom_they_answer_to() {
    let (world, asking) = company().await;
    let linked = |account, human| {
        let linked = AccountLinked { human: Human(human) };
        Fact::Person(account, PersonEvent::AccountLinked(linked))
    };
    let before = told(&asking, query()).await;
    assert_eq!(before.voter(HEIDI), Some(Human(HEIDI)));
    // Heidi's account is Ben's second one.
    world.say(&[linked(HEIDI, BEN)]).await;
    let facts = told(&asking, query()).await;
    assert_eq!((facts.parties.clone(), facts.voter(HEIDI)), ([Human(BEN)].into(), None));
    assert!(facts.is_party(HEIDI));
    // Asked with the second account, too.
    let asked = RequestQuery { requester: Some(HEIDI), beneficiary: person(NORA), ..query() };
    let facts = told(&asking, asked).await;
    assert_eq!(facts.parties, [Human(BEN), Human(NORA)].into());
    // Ben answers to the agent: for what the agent asks, so does Heidi's account.
    let asked = RequestQuery { requester: Some(AGENT), beneficiary: ME, ..query() };
    let facts = told(&asking, asked).await;
    assert!(facts.subordinates.contains(&BEN) && facts.subordinates.contains(&HEIDI));
    // Who voted with one account was counted for the other.
    assert!(facts.was_counted(Human(BEN), &[Human(HEIDI)].into()));
}

#[tokio::test]
async fn a_stage_takes_its_time_in_the_hours_of_its_calendar() {
    let (world, asking) = company().await;
    world.say(&[sla::office("00:00", "12:00")]).await;
    let hours = |hours: u32| hours * 3_600;
    let measured = Span { calendar: Some(sla::OFFICE), seconds: hours(20) };
    let plain = Span { calendar: None, seconds: hours(20) };
    let facts = told(&asking, RequestQuery { spans: [measured].into(), ..query() }).await;
    let after = |hours| at(0) + TimeDelta::hours(hours);
    let steps = facts.steps(measured, at(0));
    assert_eq!((steps.half_at, steps.most_at), (after(10), after(30)));
    assert_eq!((steps.due_at, facts.steps(plain, at(0)).due_at), (after(32), after(20)));
}
