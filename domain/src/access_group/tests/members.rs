//! AG2 to AG5: who belongs to it.

use uuid::Uuid;

use super::{defined, given, given_of, retired};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, Grant, GrantState, Granted, Human};
use crate::access::sod::{Origin, Tenure};
use crate::access::testing::{
    BUYER, CREW, ENDED, NO_GROUP, PARTED, READER, SELLER, TEAM, grant, holder, hours, id, known,
};
use crate::access_group::AccessGroupRefusal as No;
use crate::access_group::command::{AddMember, RemoveMember};
use crate::access_group::event::{MemberAdded, MemberRemoved};
use crate::access_group::{AccessGroupCommand, AccessGroupEvent};
use crate::kernel::testing::world::{ANNA, GUS, HEIDI, NOBODY, NORA, noon};
use crate::kernel::{PersonId, ServiceAccountId};

fn add(member: AccessSubject) -> AccessGroupCommand {
    AccessGroupCommand::AddMember(AddMember { group: TEAM, member })
}

fn added(member: AccessSubject) -> AccessGroupEvent {
    AccessGroupEvent::MemberAdded(MemberAdded { member })
}

fn person(person: PersonId) -> AccessSubject {
    AccessSubject::Person(person)
}

#[test]
fn ag2_people_programs_and_groups_belong_to_it() {
    let program = AccessSubject::Service(ServiceAccountId(Uuid::from_u128(0x701)));
    let crew = AccessSubject::Group(CREW);
    let mut known = known();
    known.subjects.insert(program, holder(NORA));
    known.subjects.insert(crew, holder(NORA));
    for member in [person(ANNA), program, crew] {
        let outcome = given_of(known.clone(), [defined()]).when(add(member));
        let state = outcome.then([added(member)]).state();
        assert_eq!(state.body().unwrap().members, [member].into());
        given_of(known.clone(), [defined(), added(member)]).when(add(member)).nothing();
    }
    let ended = AccessSubject::Group(ENDED);
    known.subjects.insert(ended, holder(NORA));
    let unfit = [person(GUS), person(NOBODY), ended, AccessSubject::Group(NO_GROUP)];
    for member in unfit {
        given_of(known.clone(), [defined()]).when(add(member)).refused(No::MemberUnfit);
    }
    given([defined(), retired()]).when(add(person(ANNA))).refused(No::Retired);
    given([]).when(add(person(ANNA))).refused(No::NotFound);
}

#[test]
fn ag2_two_thousand_at_most() {
    let many = (0..2_000).map(|number| added(person(PersonId(Uuid::from_u128(0x9000 + number)))));
    let history: Vec<_> = [defined()].into_iter().chain(many).collect();
    given(history[..2_000].to_vec()).when(add(person(ANNA))).acts();
    given(history).when(add(person(ANNA))).refused(No::TooManyMembers);
}

#[test]
fn ag2_one_fewer_belongs_to_it() {
    let remove = || AccessGroupCommand::RemoveMember(RemoveMember { member: person(ANNA) });
    let removed = AccessGroupEvent::MemberRemoved(MemberRemoved { member: person(ANNA) });
    let history = [defined(), added(person(ANNA))];
    let state = given(history).when(remove()).then([removed]).state();
    assert!(state.body().unwrap().members.is_empty());
    given([defined()]).when(remove()).nothing();
    given([]).when(remove()).refused(No::NotFound);
}

#[test]
fn ag3_no_group_is_within_itself_and_eight_lie_one_in_the_other() {
    let nested = |within: &[_], depth, height| {
        let mut known = known();
        known.subjects.insert(AccessSubject::Group(CREW), holder(NORA));
        let crew = known.groups.get_mut(&CREW).unwrap();
        (crew.within, crew.depth) = (within.iter().copied().collect(), depth);
        known.groups.get_mut(&TEAM).unwrap().height = height;
        known
    };
    let crew = || add(AccessSubject::Group(CREW));
    given_of(nested(&[TEAM], 1, 0), [defined()]).when(crew()).refused(No::Cycle);
    let itself = add(AccessSubject::Group(TEAM));
    given([defined()]).when(itself).refused(No::Cycle);
    given_of(nested(&[ENDED], 3, 3), [defined()]).when(crew()).acts();
    for (depth, height) in [(4, 3), (3, 4), (u8::MAX, u8::MAX)] {
        given_of(nested(&[], depth, height), [defined()]).when(crew()).refused(No::TooDeep);
    }
}

fn holding(held: Grant) -> AccessFacts {
    let mut known = known();
    known.groups.get_mut(&TEAM).unwrap().held = vec![held];
    known
}

#[test]
fn ag4_whoever_lets_others_in_may_give_what_the_group_holds() {
    let poor = |held| AccessFacts { held: vec![grant(0, BUYER)], ..holding(held) };
    let reads = || grant(1, READER);
    let anna = || add(person(ANNA));
    given_of(holding(reads()), [defined()]).when(anna()).acts();
    let action = "ticket.read".parse().unwrap();
    given_of(poor(reads()), [defined()]).when(anna()).refused(No::NotHeld { action });
    given_of(poor(reads()), [defined()]).by_nobody().when(anna()).acts();
    let over = Grant { until: Some(hours(0)), ..reads() };
    given_of(poor(over), [defined()]).when(anna()).acts();
    let revoked = Grant { state: GrantState::Revoked, ..reads() };
    given_of(poor(revoked), [defined()]).when(anna()).acts();
}

#[test]
fn ag4_nobody_lets_themselves_in() {
    given([defined()]).when(add(person(HEIDI))).refused(No::OwnMembership);
    let second = AccessFacts { doer: Some(Human(ANNA)), ..known() };
    given_of(second, [defined()]).when(add(person(ANNA))).refused(No::OwnMembership);
    let mut within = known();
    within.subjects.insert(AccessSubject::Group(CREW), holder(HEIDI));
    let crew = add(AccessSubject::Group(CREW));
    given_of(within, [defined()]).when(crew).refused(No::OwnMembership);
}

#[test]
fn ag5_nobody_comes_to_break_a_rule_of_duties_by_it() {
    let buys = |until| {
        let mut known = holding(grant(1, SELLER));
        let tenure = Tenure {
            what: Granted::Role(BUYER),
            from: hours(-9),
            until,
            origin: Origin::Grant(id(9)),
        };
        let anna = known.subjects.get_mut(&person(ANNA)).unwrap();
        anna.beside.get_mut(&Human(ANNA)).unwrap().tenures = vec![tenure];
        known
    };
    let no = No::Duties { rule: PARTED };
    given_of(buys(None), [defined()]).when(add(person(ANNA))).refused(no.clone());
    given_of(buys(Some(noon())), [defined()]).when(add(person(ANNA))).acts();
    // What is their own counts as what they have beside it.
    let mut own = buys(Some(noon()));
    let anna = own.subjects.get_mut(&person(ANNA)).unwrap();
    anna.own.tenures = anna.beside[&Human(ANNA)].tenures.clone();
    anna.own.tenures[0].until = None;
    given_of(own, [defined()]).when(add(person(ANNA))).refused(no.clone());
    // The group alone would break it.
    let mut both = holding(grant(1, SELLER));
    both.groups.get_mut(&TEAM).unwrap().held.push(grant(2, BUYER));
    given_of(both, [defined()]).when(add(person(ANNA))).refused(no);
}
