//! SA8: what is taken in an emergency.

use std::sync::Arc;

use super::{closed, given, granted, made, opened};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, GrantSource, Scope};
use crate::access::testing::{ADMIN, CREW, ENDED, READER, TEAM, facts, hours, id, known};
use crate::access_policy::AccessPolicy;
use crate::kernel::testing::world::{ANNA, BEN, NORA};
use crate::kernel::testing::{self, Given};
use crate::kernel::{AccessGroupId, PersonId, RoleId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::BreakGlass;
use crate::subject_access::event::GrantMade;
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

fn take(person: PersonId, role: RoleId, group: AccessGroupId, until: i64) -> SubjectAccessCommand {
    SubjectAccessCommand::BreakGlass(Box::new(BreakGlass {
        subject: AccessSubject::Person(person),
        grant: id(1),
        role,
        group: Some(group),
        scope: Scope::Everywhere,
        until: hours(until),
    }))
}

/// The role of an administrator was prepared for this group's people.
fn prepared(group: AccessGroupId) -> AccessFacts {
    let policy = AccessPolicy { emergencies: [(ADMIN, group)].into(), ..AccessPolicy::default() };
    AccessFacts { policy: Some(Arc::new(policy)), held: vec![], ..known() }
}

fn anna(
    group: AccessGroupId,
    events: impl IntoIterator<Item = SubjectAccessEvent>,
) -> Given<SubjectAccessCommand> {
    testing::given(events).by(ANNA).knowing(facts(prepared(group)))
}

fn taken() -> SubjectAccessEvent {
    let until = Some(hours(4));
    granted(GrantMade { until, source: GrantSource::BreakGlass, ..made(1, ADMIN) })
}

#[test]
fn sa8_somebody_takes_what_was_prepared_for_four_hours_at_most() {
    let take = |until| take(ANNA, ADMIN, TEAM, until);
    let burning = || anna(TEAM, []).because("It burns");
    burning().when(take(4)).then([opened(), taken()]);
    for until in [0, 5] {
        burning().when(take(until)).refused(No::EndUnfit);
    }
    anna(TEAM, [opened(), taken()]).because("It burns").when(take(4)).nothing();
    anna(TEAM, [opened(), closed()]).because("It burns").when(take(4)).refused(No::Closed);
}

#[test]
fn sa8_with_a_reason_in_person_and_for_themselves() {
    let take = |person| take(person, ADMIN, TEAM, 4);
    anna(TEAM, []).when(take(ANNA)).refused(No::ReasonMissing);
    anna(TEAM, []).by_nobody().because("It burns").when(take(ANNA)).refused(No::NotInPerson);
    anna(TEAM, []).because("It burns").when(take(BEN)).refused(No::NotYours);
}

#[test]
fn sa8_only_what_was_prepared_for_their_group() {
    let burning = |group| anna(group, []).because("It burns");
    burning(TEAM).when(take(ANNA, READER, TEAM, 4)).refused(No::NotPrepared);
    burning(TEAM).when(take(ANNA, ADMIN, CREW, 4)).refused(No::NotPrepared);
    burning(CREW).when(take(ANNA, ADMIN, CREW, 4)).refused(No::NotPrepared);
    burning(ENDED).when(take(ANNA, ADMIN, ENDED, 4)).refused(No::NotPrepared);
    let nora = burning(TEAM).by(NORA);
    nora.when(take(NORA, ADMIN, TEAM, 4)).refused(No::NotPrepared);
    given([]).by(ANNA).because("x").when(take(ANNA, ADMIN, TEAM, 4)).refused(No::NotPrepared);
}
