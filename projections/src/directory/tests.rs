//! The rows are there as soon as the append is.

use std::collections::BTreeSet;

use domain::access::Who;
use domain::kernel::{Facts, Needs, PersonFacts, PersonId, UnitFacts};
use domain::person::{PersonKind, Role};
use domain::unit::UnitKind;
use uuid::Uuid;

use super::{Principal, known, principal};
use crate::testing::{AGENT, CLIENT, SUBJECT, UNIT, World, story};

#[tokio::test]
async fn a_principal_is_known_with_the_append_itself() {
    let world = World::new().await;
    assert_eq!(principal(world.pool(), AGENT).await.unwrap(), None);
    world.say(&story()).await;
    let expected = Principal {
        who: Who {
            person: AGENT,
            role: Role::Agent,
            units: [UNIT].into(),
            heads: [UNIT].into(),
            people: [AGENT].into(),
            clients: BTreeSet::new(),
            dispatches: true,
        },
        kind: PersonKind::Staff,
        active: true,
        language: None,
    };
    assert_eq!(principal(world.pool(), AGENT).await.unwrap(), Some(expected));
    let client = principal(world.pool(), CLIENT).await.unwrap().unwrap();
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
    let defaults = domain::subject::event::DefaultsChosen {
        unit: None,
        priority: None,
        skill: None,
        tier: None,
    };
    domain::kernel::SubjectFacts { retired: false, defaults }
}
