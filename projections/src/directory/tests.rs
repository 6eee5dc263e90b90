//! The rows are there as soon as the append is.

use std::collections::BTreeSet;

use chrono::{DateTime, TimeDelta};
use domain::access::{Premise, Who};
use domain::kernel::{Facts, Needs, PersonFacts, PersonId, UnitFacts};
use domain::person::{PersonKind, Role};
use domain::unit::UnitKind;
use futures_util::future::join_all;
use journal::Premised;
use journal::identity::{Credentials, IdentityStore};
use uuid::Uuid;

use super::access::Worlds;
use super::principal::speakers;
use super::{Asking, known, principal};
use crate::testing::{AGENT, CLIENT, SUBJECT, UNIT, World, at, story};

#[tokio::test]
async fn a_principal_is_known_with_the_append_itself() {
    let world = World::new().await;
    assert_eq!(principal(world.pool(), AGENT, at(0)).await.unwrap(), None);
    world.say(&story()).await;
    let known = principal(world.pool(), AGENT, at(0)).await.unwrap().unwrap();
    let who = Who {
        person: AGENT,
        role: Role::Agent,
        units: [UNIT].into(),
        heads: [UNIT].into(),
        people: [AGENT].into(),
        clients: BTreeSet::new(),
        dispatches: true,
        lenders: Vec::new(),
    };
    assert_eq!(known.who, who);
    assert_eq!((known.kind, known.active, known.language), (PersonKind::Staff, true, None));
    let premises = [
        Premised { premise: Premise::Person(AGENT), version: 0 },
        // Somebody came to speak for a customer.
        Premised { premise: Premise::Organization, version: 1 },
    ];
    assert_eq!(known.premises, premises);
    assert!(known.world.held().is_empty());
    let client = principal(world.pool(), CLIENT, at(0)).await.unwrap().unwrap();
    assert_eq!((client.kind, client.who.heads), (PersonKind::Client, BTreeSet::new()));
    assert!(!client.who.dispatches);
}

#[tokio::test]
async fn facts_leave_out_who_does_not_exist() {
    let world = World::with_story().await;
    let stranger = PersonId(Uuid::from_u128(9));
    let needs = Needs {
        people: [AGENT, stranger].into(),
        units: [UNIT].into(),
        subjects: [SUBJECT].into(),
        ..Needs::default()
    };
    let agent = PersonFacts {
        kind: PersonKind::Staff,
        role: domain::person::Role::Agent,
        active: true,
        units: [UNIT].into(),
        organization: None,
    };
    let expected = Facts {
        people: [(AGENT, agent)].into(),
        units: [(UNIT, UnitFacts { kind: UnitKind::SupportUnit, closed: false })].into(),
        subjects: [(SUBJECT, unchosen())].into(),
        ..Facts::default()
    };
    assert_eq!(known(world.pool(), &needs).await.unwrap().facts, expected);
    assert_eq!(known(world.pool(), &Needs::default()).await.unwrap().facts, Facts::default());
}

fn unchosen() -> domain::kernel::SubjectFacts {
    let defaults = domain::subject::event::DefaultsChosen::default();
    domain::kernel::SubjectFacts { retired: false, defaults }
}

#[tokio::test]
async fn whoever_asks_together_gets_their_own_answers() {
    let world = World::with_story().await;
    let asking = Asking::new(world.pool());
    let needs = [
        Needs { people: [AGENT].into(), ..Needs::default() },
        Needs { units: [UNIT].into(), people: [CLIENT].into(), ..Needs::default() },
        Needs { subjects: [SUBJECT].into(), ..Needs::default() },
        Needs::default(),
    ];
    let together = join_all(needs.iter().map(|needs| asking.known(needs))).await;
    for (needs, answer) in needs.iter().zip(together) {
        assert_eq!(answer.unwrap(), known(world.pool(), needs).await.unwrap());
    }
}

#[tokio::test]
async fn a_session_speaks_for_its_person_while_it_lives() {
    let world = World::with_story().await;
    let store = IdentityStore::new(world.pool().clone());
    let password = Credentials {
        password_hash: "not looked at here".to_owned(),
        must_change: true,
        expires_at: None,
    };
    let (now, day) = (DateTime::UNIX_EPOCH + TimeDelta::days(20_000), TimeDelta::days(1));
    store.set_credentials(AGENT, &password, now, None).await.unwrap();
    let sessions = [Uuid::from_u128(1), Uuid::from_u128(2), Uuid::from_u128(3)];
    for (session, hash) in sessions.iter().zip([&b"1"[..], &b"2"[..]]) {
        let begun = store.begin(*session, (AGENT, &password), hash, (now, now + day)).await;
        assert!(begun.unwrap());
    }
    let spoken = async |at| {
        let all = speakers(world.pool(), &Worlds::default(), &sessions, at).await.unwrap();
        all.into_iter()
            .map(|one| one.map(|one| (one.principal.who.person, one.must_change_password)))
            .collect::<Vec<_>>()
    };
    let agent = Some((AGENT, true));
    assert_eq!(spoken(now).await, [agent, agent, None]);
    store.end(sessions[0], AGENT).await.unwrap();
    assert_eq!(spoken(now).await, [None, agent, None]);
    assert_eq!(spoken(now + day).await, [None, None, None]);
}
