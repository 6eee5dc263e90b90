//! When two worlds are the same, and that one more grant changes nothing but that.

use std::collections::BTreeSet;
use std::sync::Arc;

use uuid::Uuid;

use super::world::{ANN, Case, PAT, direct, exception, grant, permit, person};
use crate::access::decide::{Held, Holdings, RuleSet, Rules, SubjectState, World};
use crate::access::model::{AccessSubject, Condition, Entry, Grant, Human};
use crate::kernel::{AccessGroupId, PersonId};

const DESK: AccessGroupId = AccessGroupId(Uuid::from_u128(0x91));
const NIGHT: AccessGroupId = AccessGroupId(Uuid::from_u128(0x92));
const BOB: PersonId = PersonId(Uuid::from_u128(0xa3));

/// Somebody who has some of everything: suspended, as another human's second account.
fn holdings() -> Holdings {
    let mut holdings = person(PAT, [grant("agent", "emea")]);
    holdings.grants.push(Held { grant: grant("lead", "emea/sd"), through: Some(DESK) });
    let mut above = person(ANN, [risky()]);
    above.grants.push(Held { grant: grant("lead", "apac"), through: Some(NIGHT) });
    Holdings {
        human: Some(Human(ANN)),
        state: SubjectState::Suspended,
        groups: [DESK].into(),
        exceptions: vec![exception("D2", "14:00:00")],
        delegators: vec![above],
        revision: 901,
        ..holdings
    }
}

/// What asks how risky the object is.
fn risky() -> Grant {
    let entry = Entry { condition: Some(Condition::RiskAtMost(2)), ..permit("ticket.view") };
    direct("risky", entry, "all")
}

/// Rules that look at nothing.
fn rules() -> RuleSet {
    Case::new([], "ticket.view", "all").with(|case| case.rules.denies.clear()).rules
}

fn world(holdings: Holdings) -> World {
    World::of(holdings, Arc::new(Rules::of(rules())))
}

#[test]
fn worlds_are_the_same_if_all_that_is_had_is() {
    let this = world(holdings());
    assert_eq!(this, world(holdings()));
    let changes: [fn(&mut Holdings); 8] = [
        |it| it.subject = AccessSubject::Person(BOB),
        |it| it.human = None,
        |it| it.state = SubjectState::Active,
        |it| it.groups = [NIGHT].into(),
        |it| it.grants.truncate(1),
        |it| it.exceptions.clear(),
        |it| it.delegators.clear(),
        |it| it.revision = 902,
    ];
    for (nr, change) in changes.iter().enumerate() {
        let mut other = holdings();
        change(&mut other);
        assert_ne!(this, world(other), "change {nr}");
    }
    let later = Rules::of(RuleSet { revision: 902, ..rules() });
    assert_ne!(this, World::of(holdings(), Arc::new(later)), "under other rules");
}

#[test]
fn one_more_grant_leaves_the_rest_as_it_is() {
    let one_more = grant("auditor", "apac");
    let mut expected = holdings();
    expected.grants.push(Held { grant: one_more.clone(), through: None });
    let with = world(holdings()).with(one_more);
    assert_eq!(with, world(expected));
    // What somebody lends still asks about the object.
    assert!(with.looks_at_attributes());
    let plain = world(Holdings { delegators: Vec::new(), ..holdings() });
    assert!(!plain.with(grant("auditor", "apac")).looks_at_attributes());
    assert!(plain.with(risky()).looks_at_attributes());
}

#[test]
fn it_says_what_is_had_and_from_whom() {
    let world = world(holdings());
    assert_eq!(world.groups(), &BTreeSet::from([DESK]));
    assert_eq!(world.sources().collect::<BTreeSet<_>>(), [DESK, NIGHT].into());
    let mut held = holdings().grants;
    held.sort();
    assert_eq!(world.held(), held);
    assert_eq!(
        (world.subject(), world.state()),
        (AccessSubject::Person(PAT), SubjectState::Suspended)
    );
    assert_eq!(world.revision(), 901);
}
