//! Several accounts of one human.

use domain::Fact;
use domain::access::known::AccessNeeds;
use domain::access::model::{AccessSubject, Human};
use domain::kernel::{PersonId, ServiceAccountId};
use domain::person::event::{AccountLinked, AccountUnlinked, Left};
use domain::person::{PersonEvent, Role};
use uuid::Uuid;

use super::{ME, OTHER, desk, me};
use crate::directory::{Asking, Doing};
use crate::testing::access::{
    grant, granted, group, group_defined, made, member_added, opened, program, role,
};
use crate::testing::{AGENT, CLIENT, at, registered};

const PROGRAM: ServiceAccountId = ServiceAccountId(Uuid::from_u128(0x5b9));
const THIRD: PersonId = PersonId(Uuid::from_u128(0xb7));

fn linked(account: PersonId, human: PersonId) -> Fact {
    let linked = AccountLinked { human: Human(human) };
    Fact::Person(account, PersonEvent::AccountLinked(linked))
}

fn unlinked(account: PersonId) -> Fact {
    Fact::Person(account, PersonEvent::AccountUnlinked(AccountUnlinked {}))
}

async fn behind(asking: &Asking, of: AccessSubject) -> Human {
    let needs = AccessNeeds { subjects: [of].into(), ..AccessNeeds::default() };
    let mut facts = asking.access(&needs, Doing::Nobody, at(0)).await.unwrap();
    let humans = facts.subjects.remove(&of).unwrap().humans;
    humans.into_iter().next().unwrap()
}

#[tokio::test]
async fn what_a_second_account_has_counts_together_with_the_first() {
    let (world, asking) = desk().await;
    let (service, group_of) = (AccessSubject::Service(PROGRAM), AccessSubject::Group(group(1)));
    world
        .say(&[
            program(PROGRAM, CLIENT),
            group_defined(1, CLIENT),
            member_added(1, OTHER),
            opened(group_of),
            granted(group_of, made(4, role(1))),
            opened(ME),
            granted(ME, made(1, role(1))),
            opened(OTHER),
            granted(OTHER, made(2, role(1))),
            opened(service),
            granted(service, made(3, role(1))),
        ])
        .await;
    let told = async || {
        let known = me(&asking).await;
        let needs = AccessNeeds { subjects: [ME].into(), ..AccessNeeds::rules() };
        asking.access(&needs, Doing::Person(&known.world), at(0)).await.unwrap()
    };
    let alone = told().await;
    assert_eq!((alone.doer, alone.held_elsewhere.len()), (Some(Human(AGENT)), 0));
    assert_eq!(alone.subjects[&ME].beside[&Human(AGENT)].tenures, []);
    let before = me(&asking).await;
    world.say(&[linked(CLIENT, AGENT)]).await;
    // Whatever was decided before is decided anew.
    let after = me(&asking).await;
    assert_eq!(after.premises[0].version, before.premises[0].version + 1);
    let both = told().await;
    let mut elsewhere: Vec<_> = both.held_elsewhere.iter().map(|held| held.id).collect();
    elsewhere.sort();
    assert_eq!(elsewhere, [grant(2), grant(3), grant(4)]);
    assert_eq!(both.acts_as, [ME, OTHER, service, group_of].into());
    assert_eq!(both.subjects[&ME].beside[&Human(AGENT)].tenures.len(), 3);
    assert_eq!(behind(&asking, OTHER).await, Human(AGENT));
    assert_eq!(behind(&asking, service).await, Human(AGENT));
    // Who left has nothing, with the account that left.
    world.say(&[Fact::Person(CLIENT, PersonEvent::Left(Left {}))]).await;
    let one = told().await;
    assert_eq!((one.held_elsewhere.len(), one.acts_as), (1, [ME, service].into()));
    world.say(&[unlinked(CLIENT)]).await;
    assert_eq!(told().await.held_elsewhere, []);
    assert_eq!(behind(&asking, OTHER).await, Human(CLIENT));
}

#[tokio::test]
async fn chains_and_rings_are_one_human_and_the_second_account_acts_as_the_first() {
    let (world, asking) = desk().await;
    world.say(&[registered(THIRD, "third", Role::Agent, None)]).await;
    let third = AccessSubject::Person(THIRD);
    world.say(&[linked(THIRD, CLIENT), linked(CLIENT, AGENT)]).await;
    for account in [ME, OTHER, third] {
        assert_eq!(behind(&asking, account).await, Human(AGENT));
    }
    world.say(&[linked(AGENT, THIRD)]).await;
    let humans = [behind(&asking, ME).await, behind(&asking, OTHER).await];
    assert_eq!(humans, [behind(&asking, third).await; 2]);
}
