//! What the answers lean on besides whoever asks, and what somebody leaves behind.

use std::collections::BTreeMap;

use domain::Fact;
use domain::access::Premise;
use domain::access::known::AccessNeeds;
use domain::access::model::{AccessSubject, GrantSource};
use domain::access_request::AccessRequestEvent;
use domain::access_request::event::{SeatPassed, Withdrawn};
use domain::access_request::words::Passing;
use domain::kernel::{AccessRequestId, ServiceAccountId};
use domain::person::PersonEvent;
use domain::person::event::Suspended;
use uuid::Uuid;

use super::{ME, OTHER, desk};
use crate::directory::{Asking, Doing, LeftBehind};
use crate::testing::access::{
    defined, definition, grant, granted, group, group_defined, made, member_added, opened, program,
    role, stream, submitted,
};
use crate::testing::{AGENT, CLIENT, at};

const PROGRAM: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x5b9));
const REQUEST: AccessRequestId = AccessRequestId(Uuid::from_u128(0x4e9));

async fn leans(asking: &Asking, needs: AccessNeeds) -> BTreeMap<Premise, i64> {
    asking.access(&needs, Doing::Nobody, at(0)).await.unwrap().leans
}

fn about(subject: AccessSubject) -> AccessNeeds {
    AccessNeeds { subjects: [subject].into(), ..AccessNeeds::default() }
}

fn of(subject: AccessSubject) -> Premise {
    Premise::of_subject(stream(subject))
}

#[tokio::test]
async fn what_is_told_of_somebody_leans_on_all_their_accounts_and_groups() {
    let (world, asking) = desk().await;
    let (near, far) = (AccessSubject::Group(group(1)), AccessSubject::Group(group(2)));
    let theirs = AccessSubject::Service(PROGRAM);
    world
        .say(&[
            group_defined(1, CLIENT),
            group_defined(2, CLIENT),
            program(PROGRAM, AGENT),
            // Through what they answer for, they are in it.
            member_added(1, theirs),
            member_added(2, OTHER),
        ])
        .await;
    let before = leans(&asking, about(ME)).await;
    let all = [Premise::Organization, of(ME), of(theirs), of(near)];
    assert_eq!(before.keys().copied().collect::<Vec<_>>(), {
        let mut all = all.to_vec();
        all.sort();
        all
    });
    assert!(leans(&asking, AccessNeeds::rules()).await.is_empty());
    // Whatever any of these comes to have, moves one of them.
    for (number, subject) in [(1, ME), (2, theirs), (3, near)] {
        let known = leans(&asking, about(ME)).await;
        world.say(&[opened(subject), granted(subject, made(number, role(1)))]).await;
        let moved = leans(&asking, about(ME)).await;
        assert_eq!(moved[&of(subject)], known[&of(subject)] + 1);
    }
    let known = leans(&asking, about(ME)).await;
    world.say(&[opened(far), granted(far, made(4, role(1)))]).await;
    assert_eq!(leans(&asking, about(ME)).await, known);
    // What a group comes to have leans on what anybody does.
    let known = leans(&asking, about(near)).await;
    world.say(&[opened(OTHER), granted(OTHER, made(5, role(1)))]).await;
    let moved = leans(&asking, about(near)).await;
    assert_eq!(moved[&Premise::Holdings], known[&Premise::Holdings] + 1);
    assert!(moved.contains_key(&Premise::Rules));
}

#[tokio::test]
async fn that_somebody_may_give_access_leans_on_each_who_may() {
    let (world, asking) = desk().await;
    let by_group = AccessSubject::Group(group(1));
    world
        .say(&[
            defined(definition(2, &["access.*"])),
            group_defined(1, CLIENT),
            member_added(1, OTHER),
            opened(ME),
            granted(ME, made(1, role(2))),
            opened(by_group),
            granted(by_group, made(2, role(2))),
        ])
        .await;
    let needs = AccessNeeds { keepers: true, ..AccessNeeds::default() };
    let known = leans(&asking, needs.clone()).await;
    for premise in [of(ME), of(OTHER), of(by_group), Premise::Organization] {
        assert!(known.contains_key(&premise), "{premise} is not among {known:?}");
    }
    world.say(&[Fact::Person(AGENT, PersonEvent::Suspended(Suspended {}))]).await;
    assert!(!leans(&asking, needs).await.contains_key(&of(ME)));
}

#[tokio::test]
async fn what_is_open_is_left_behind() {
    let (world, asking) = desk().await;
    let mut lent = made(1, role(1));
    (lent.source, lent.delegated_by) = (GrantSource::Delegation, Some(AGENT));
    let passing = Passing::Reassigned;
    let passed = SeatPassed { seat: CLIENT, to: AGENT, passing, stage: None };
    world
        .say(&[
            opened(OTHER),
            granted(OTHER, lent),
            submitted(REQUEST, OTHER, role(1)),
            Fact::AccessRequest(REQUEST, AccessRequestEvent::SeatPassed(passed)),
        ])
        .await;
    let left = asking.left_behind(ME, 10).await.unwrap();
    let lent = vec![(stream(OTHER), grant(1))];
    assert_eq!(left, LeftBehind { asked: vec![], seats: vec![REQUEST], lent });
    let left = asking.left_behind(OTHER, 10).await.unwrap();
    assert_eq!(left, LeftBehind { asked: vec![REQUEST], ..LeftBehind::default() });
    let over = AccessRequestEvent::Withdrawn(Withdrawn {});
    world.say(&[Fact::AccessRequest(REQUEST, over)]).await;
    assert_eq!(asking.left_behind(OTHER, 10).await.unwrap(), LeftBehind::default());
}
