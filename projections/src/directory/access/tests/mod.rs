//! What somebody has is known with the append itself, and only asked for again when it has changed.

mod facts;
mod heard;
mod humans;
mod kept;
mod leaning;
mod request;
mod rules;
mod simulation;

use domain::access::decide::{Asked, ObjectView, Session, World, decide};
use domain::access::known::AccessNeeds;
use domain::access::model::{AccessSubject, Exception, GrantSource, Human, Lifted};
use domain::access::population::{Population, Test};
use domain::access_group::{AccessGroupEvent, event as group_event};
use domain::kernel::{DenyRuleId, PersonId};
use domain::person::PersonEvent;
use domain::person::event::{Suspended, TierAssigned};
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::{Excepted, ExceptionEnded, Expired, Opened, Prolonged};
use domain::ticket::Tier;
use domain::{Fact, access::Premise};
use uuid::Uuid;

use crate::directory::{Asking, Doing, Principal};
use crate::testing::access::{
    closed, defined, definition, exception, grant, granted, group, group_defined, made,
    member_added, member_removed, of, opened, revoked, role,
};
use crate::testing::{self, AGENT, CLIENT, at};

const ME: AccessSubject = AccessSubject::Person(AGENT);
const OTHER: AccessSubject = AccessSubject::Person(CLIENT);

/// A desk with one role, which reads tickets; nobody has it.
async fn desk() -> (testing::World, Asking) {
    let world = testing::World::with_story().await;
    world.say(&[defined(definition(1, &["ticket.*"]))]).await;
    let asking = Asking::new(world.pool());
    (world, asking)
}

async fn me(asking: &Asking) -> Principal {
    principal(asking, AGENT).await
}

async fn principal(asking: &Asking, person: PersonId) -> Principal {
    asking.principal(person, at(0)).await.unwrap().unwrap()
}

/// Whether this may be done to something at the root.
fn may(world: &World, action: &str) -> bool {
    let (action, object) = (action.parse().unwrap(), ObjectView::default());
    let session = Session::default();
    let asked =
        Asked { action: &action, object: &object, fields: &[], at: at(0), session: &session };
    decide(world, &asked).reason.is_none()
}

async fn reads(asking: &Asking) -> bool {
    may(&me(asking).await.world, "ticket.read")
}

#[tokio::test]
async fn what_is_granted_may_be_done_until_it_is_revoked() {
    let (world, asking) = desk().await;
    assert!(!reads(&asking).await);
    world.say(&[opened(ME), granted(ME, made(1, role(1)))]).await;
    assert!(reads(&asking).await);
    let before = me(&asking).await;
    world.say(&[revoked(ME, 1)]).await;
    let after = me(&asking).await;
    assert!(!may(&after.world, "ticket.read"));
    assert_eq!(after.premises[0].version, before.premises[0].version + 1);
    // Of others, nothing has moved.
    assert_eq!(after.premises[1], before.premises[1]);
    let known: Vec<_> = after.world.held().iter().map(|held| held.grant.id).collect();
    assert_eq!(known, [grant(1)]);
}

#[tokio::test]
async fn a_grant_ends_when_it_was_prolonged_to_and_one_that_expired_is_over() {
    let (world, asking) = desk().await;
    let mut short = made(1, role(1));
    short.until = Some(at(-1));
    world.say(&[opened(ME), granted(ME, short)]).await;
    assert!(!reads(&asking).await);
    let longer = Prolonged { grant: grant(1), until: Some(at(1)), request: None };
    world.say(&[of(ME, SubjectAccessEvent::Prolonged(longer))]).await;
    assert!(reads(&asking).await);
    world.say(&[of(ME, SubjectAccessEvent::Expired(Expired { grant: grant(1) }))]).await;
    assert!(!reads(&asking).await);
}

#[tokio::test]
async fn whoever_is_closed_has_nothing_by_groups_either_and_begins_anew() {
    let (world, asking) = desk().await;
    let group_of = AccessSubject::Group(group(1));
    world
        .say(&[
            group_defined(1, CLIENT),
            member_added(1, ME),
            opened(group_of),
            granted(group_of, made(1, role(1))),
            opened(ME),
            granted(ME, made(2, role(1))),
        ])
        .await;
    assert!(reads(&asking).await);
    world.say(&[closed(ME)]).await;
    assert!(!reads(&asking).await);
    world.say(&[of(ME, SubjectAccessEvent::Opened(Opened { subject: ME }))]).await;
    assert!(reads(&asking).await, "the group is theirs again");
    world.say(&[member_removed(1, ME)]).await;
    assert!(!reads(&asking).await, "what was closed stays closed");
    world.say(&[granted(ME, made(3, role(1)))]).await;
    assert!(reads(&asking).await);
}

#[tokio::test]
async fn groups_give_to_whom_they_mean_and_to_whom_they_hold() {
    let (world, asking) = desk().await;
    let (inner, outer) = (AccessSubject::Group(group(1)), AccessSubject::Group(group(2)));
    world
        .say(&[
            group_defined(1, CLIENT),
            group_defined(2, CLIENT),
            member_added(2, inner),
            opened(outer),
            granted(outer, made(1, role(1))),
        ])
        .await;
    let of_tier = Population([[Test::Tier(Tier(3))].into()].into());
    let chosen = group_event::PopulationChosen { population: Some(of_tier) };
    let chosen = Fact::AccessGroup(group(1), AccessGroupEvent::PopulationChosen(chosen));
    world.say(&[chosen]).await;
    assert!(!reads(&asking).await);
    let tier = |tier| Fact::Person(AGENT, PersonEvent::TierAssigned(TierAssigned { tier }));
    world.say(&[tier(Tier(3))]).await;
    let known = me(&asking).await;
    assert!(may(&known.world, "ticket.read"));
    assert_eq!(*known.world.groups(), [group(1), group(2)].into());
    assert_eq!(known.premises[2].premise, Premise::Person(PersonId(group(2).0)));
    // What is taken from the group is taken from them.
    world.say(&[revoked(outer, 1)]).await;
    let after = me(&asking).await;
    assert!(!may(&after.world, "ticket.read"));
    assert_eq!(after.premises[2].version, known.premises[2].version + 1);
    world.say(&[granted(outer, made(2, role(1)))]).await;
    assert!(reads(&asking).await);
    world.say(&[tier(Tier(1))]).await;
    assert!(!reads(&asking).await);
    world.say(&[tier(Tier(3))]).await;
    let over = AccessGroupEvent::Retired(group_event::Retired {});
    world.say(&[Fact::AccessGroup(group(1), over)]).await;
    assert!(!reads(&asking).await, "who was in it is in no group around it");
}

#[tokio::test]
async fn what_is_lent_holds_as_long_as_the_lender_has_it() {
    let (world, asking) = desk().await;
    let mut lent = made(2, role(1));
    (lent.source, lent.delegated_by) = (GrantSource::Delegation, Some(CLIENT));
    world
        .say(&[opened(OTHER), granted(OTHER, made(1, role(1))), opened(ME), granted(ME, lent)])
        .await;
    let known = me(&asking).await;
    assert!(may(&known.world, "ticket.read"));
    assert_eq!(known.premises[2].premise, Premise::Person(CLIENT));
    // As the lender stands to things, as if they asked.
    let lender = asking.principal(CLIENT, at(0)).await.unwrap().unwrap();
    assert_eq!(known.who.lenders, [lender.who]);
    world.say(&[revoked(OTHER, 1)]).await;
    let after = me(&asking).await;
    assert!(!may(&after.world, "ticket.read"));
    assert_eq!(after.premises[2].version, known.premises[2].version + 1);
    // Whoever lends is asked for with them, not instead of them.
    assert_eq!(after.who.person, AGENT);
}

#[tokio::test]
async fn whoever_is_suspended_may_do_nothing() {
    let (world, asking) = desk().await;
    world.say(&[opened(ME), granted(ME, made(1, role(1)))]).await;
    assert!(reads(&asking).await);
    world.say(&[Fact::Person(AGENT, PersonEvent::Suspended(Suspended {}))]).await;
    assert!(!reads(&asking).await);
}

#[tokio::test]
async fn an_exception_counts_until_it_is_ended() {
    let (world, asking) = desk().await;
    let lifts = Lifted::Deny(DenyRuleId(Uuid::from_u128(0xde)));
    let excepted = |until| {
        SubjectAccessEvent::Excepted(Box::new(Excepted {
            exception: exception(1),
            lifts,
            owner: CLIENT,
            control: "Somebody looks".to_owned(),
            from: at(0),
            until: at(until),
            request: None,
        }))
    };
    world.say(&[opened(ME), of(ME, excepted(5))]).await;
    let expected = |until| Exception {
        id: exception(1),
        lifts,
        subject: ME,
        owner: CLIENT,
        from: at(0),
        until: at(until),
    };
    let known = async || {
        let mut accounts = super::held::held(world.pool(), &[AGENT.0]).await.unwrap();
        accounts.remove(&AGENT.0).unwrap().exceptions
    };
    assert_eq!(known().await, [expected(5)]);
    let ended = ExceptionEnded { exception: exception(1) };
    world.say(&[of(ME, SubjectAccessEvent::ExceptionEnded(ended))]).await;
    assert_eq!(known().await, []);
    world.say(&[of(ME, excepted(7))]).await;
    assert_eq!(known().await, [expected(7)]);
    world.say(&[closed(ME)]).await;
    assert_eq!(known().await, []);
    assert!(me(&asking).await.world.held().is_empty());
}

#[tokio::test]
async fn whoever_changes_the_rules_is_told_what_they_are_and_hold() {
    let (world, asking) = desk().await;
    let group_of = AccessSubject::Group(group(1));
    world
        .say(&[
            group_defined(1, CLIENT),
            member_added(1, ME),
            opened(group_of),
            granted(group_of, made(1, role(1))),
            opened(ME),
            granted(ME, made(2, role(1))),
        ])
        .await;
    let known = me(&asking).await;
    let needs = AccessNeeds { policy: true, ..AccessNeeds::rules() };
    let facts = asking.access(&needs, Doing::Person(&known.world), at(0)).await.unwrap();
    let held: Vec<_> = facts.held.iter().map(|held| held.id).collect();
    assert_eq!(held, [grant(1), grant(2)]);
    assert_eq!(facts.acts_as, [ME, group_of].into());
    assert_eq!((facts.doer, facts.held_elsewhere.len()), (Some(Human(AGENT)), 0));
    let book = facts.rules.unwrap();
    assert_eq!(book.roles.definition(role(1)), Some(&definition(1, &["ticket.*"])));
    assert_eq!(*facts.policy.unwrap(), Default::default());
    // Nobody is nobody, and what was not asked for is not told.
    let facts = asking.access(&needs, Doing::Nobody, at(0)).await.unwrap();
    assert!(facts.held.is_empty() && facts.acts_as.is_empty());
    let nothing = AccessNeeds::default();
    let facts = asking.access(&nothing, Doing::Person(&known.world), at(0)).await.unwrap();
    assert_eq!(facts, Default::default());
}
