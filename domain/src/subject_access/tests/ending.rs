//! SA5, SA9: how grants end.

use super::{closed, given, given_of, grant, granted, made, opened, reads, revoked, wish};
use crate::access::known::AccessFacts;
use crate::access::model::{AccessSubject, GrantState, Matcher};
use crate::access::testing::{READER, SOLVER, bound, days, hours, id, known};
use crate::kernel::GrantId;
use crate::kernel::testing::world::ANNA;
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Close, Expire, Reopen, Revoke};
use crate::subject_access::event::{Expired, GrantMade};
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

fn revoke(grant: GrantId) -> SubjectAccessCommand {
    SubjectAccessCommand::Revoke(Revoke { grant })
}

fn expire() -> SubjectAccessCommand {
    SubjectAccessCommand::Expire(Expire {})
}

fn expired(grant: GrantId) -> SubjectAccessEvent {
    SubjectAccessEvent::Expired(Expired { grant })
}

#[test]
fn sa5_a_grant_that_was_revoked_never_holds_again() {
    let state = given(reads(None)).when(revoke(id(1))).then([revoked(id(1))]).state();
    assert!(!state.grants().any(|grant| grant.is_live(hours(1))));
    let over = [reads(None), vec![revoked(id(1))]].concat();
    given(over.clone()).when(revoke(id(1))).nothing();
    given(over.clone()).when(grant(wish(1, READER))).nothing();
    given(over).when(grant(wish(2, READER))).acts();
    given(reads(None)).when(revoke(id(2))).refused(No::GrantNotFound);
    given([]).when(revoke(id(1))).refused(No::NotFound);
}

#[test]
fn sa5_what_has_come_to_its_end_is_written_down_once() {
    let history = [reads(Some(days(1))), vec![granted(made(2, SOLVER))]].concat();
    given(history.clone()).by_nobody().at(days(1)).when(expire()).then([expired(id(1))]);
    given(history.clone()).by_nobody().at(hours(23)).when(expire()).nothing();
    let written = [history, vec![expired(id(1))]].concat();
    let state = given(written).by_nobody().at(days(2)).when(expire()).nothing().state();
    assert_eq!(state.body().unwrap().grants[&id(1)].state, GrantState::Expired);
    given([]).when(expire()).refused(No::NotFound);
}

#[test]
fn sa9_whoever_leaves_has_nothing_any_more() {
    let later = granted(GrantMade { from: days(3), ..made(2, SOLVER) });
    let history = [reads(None), vec![later]].concat();
    let close = || SubjectAccessCommand::Close(Close {});
    let state = given(history.clone()).when(close()).then([closed()]).state();
    let body = state.body().unwrap();
    assert!(body.closed && body.grants.values().all(|it| it.state == GrantState::Revoked));
    given([history, vec![closed()]].concat()).when(close()).nothing();
    given([]).when(close()).refused(No::NotFound);
}

#[test]
fn sa9_nothing_of_before_comes_back() {
    let reopen = || SubjectAccessCommand::Reopen(Reopen {});
    let history = [reads(None), vec![closed()]].concat();
    let state = given(history.clone()).when(reopen()).then([opened()]).state();
    assert!(!state.body().unwrap().closed);
    assert!(!state.grants().any(|grant| grant.is_live(hours(1))));
    given([history.clone(), vec![opened()]].concat()).when(grant(wish(2, READER))).acts();
    given(reads(None)).when(reopen()).nothing();
    let mut gone = known();
    gone.subjects.get_mut(&AccessSubject::Person(ANNA)).unwrap().active = false;
    given_of(gone, history).when(reopen()).refused(No::SubjectUnfit);
}

#[test]
fn sa10_somebody_always_may_give_access() {
    let keepers = |keepers: &[GrantId]| {
        let keepers = keepers.iter().copied().collect();
        AccessFacts { keepers, ..known() }
    };
    let close = || SubjectAccessCommand::Close(Close {});
    let two = || [reads(None), vec![granted(made(2, SOLVER))]].concat();
    given_of(keepers(&[id(1)]), two()).when(revoke(id(1))).refused(No::LastKeeper);
    given_of(keepers(&[id(1)]), two()).when(revoke(id(2))).acts();
    given_of(keepers(&[id(1), id(2)]), two()).when(revoke(id(1))).acts();
    given_of(keepers(&[id(1), id(2)]), two()).when(close()).refused(No::LastKeeper);
    given_of(keepers(&[id(1), id(9)]), two()).when(close()).acts();
}

#[test]
fn sa12_nobody_lays_down_what_they_are_denied_something_for() {
    let close = || SubjectAccessCommand::Close(Close {});
    let history = [reads(None), vec![granted(made(2, SOLVER))]].concat();
    let bound = || bound(known(), Matcher::Role(READER));
    for command in [revoke(id(1)), revoke(id(2)), close()] {
        given_of(bound(), history.clone()).by(ANNA).when(command.clone()).refused(No::BindsActor);
        given_of(bound(), history.clone()).when(command.clone()).acts();
        given(history.clone()).by(ANNA).when(command).acts();
    }
}
