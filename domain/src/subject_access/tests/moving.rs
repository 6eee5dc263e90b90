//! SA13: what whoever moves has for a while yet.

use std::collections::BTreeSet;

use uuid::Uuid;

use super::{given, given_of, granted, made, opened, reads};
use crate::access::known::AccessFacts;
use crate::access::model::GrantSource;
use crate::access::testing::{BUYER, GONE, READER, SELLER, SOLVER, days, hours, id, known};
use crate::kernel::testing::world::ANNA;
use crate::kernel::{AssignmentRuleId, GrantId, ServiceAccountId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Confirm, Prolong, Transfer};
use crate::subject_access::event::{
    Confirmed, GrantMade, Pattern, Shortened, Shortening, SubjectAccessEvent,
};
use crate::subject_access::{SubjectAccess, SubjectAccessCommand};

const RULE: AssignmentRuleId = AssignmentRuleId(Uuid::from_u128(0x602));

/// Anna moves on the second day, with five days of grace.
fn transfer(had: &[u128], lost: &[u128]) -> SubjectAccessCommand {
    let ids =
        |numbers: &[u128]| -> BTreeSet<GrantId> { numbers.iter().map(|it| id(*it)).collect() };
    SubjectAccessCommand::Transfer(Transfer {
        moved: days(2),
        grace_days: 5,
        had: ids(had),
        lost: ids(lost),
    })
}

fn confirm(number: u128) -> SubjectAccessCommand {
    SubjectAccessCommand::Confirm(Confirm { grant: id(number) })
}

fn shortened(number: u128, day: i64, because: Shortening) -> SubjectAccessEvent {
    let until = days(day);
    SubjectAccessEvent::Shortened(Shortened { grant: id(number), until, because, moved: days(2) })
}

fn unconfirmed(number: u128) -> SubjectAccessEvent {
    shortened(number, 16, Shortening::Unconfirmed)
}

fn confirmed(number: u128) -> SubjectAccessEvent {
    SubjectAccessEvent::Confirmed(Confirmed { grant: id(number), until: None })
}

fn by_rule(number: u128) -> SubjectAccessEvent {
    let pattern = Some(Pattern::Rule { rule: RULE, version: 1 });
    granted(GrantMade { source: GrantSource::Rule, pattern, ..made(number, READER) })
}

fn of(number: u128, source: GrantSource) -> SubjectAccessEvent {
    granted(GrantMade { source, ..made(number, READER) })
}

#[test]
fn sa13_what_rules_give_no_more_ends_with_the_grace() {
    let history = vec![opened(), by_rule(1), by_rule(2)];
    let outcome = given(history).by_nobody().when(transfer(&[1, 2], &[2]));
    let state = outcome.then([shortened(2, 7, Shortening::Lost)]).state();
    let body = state.body().unwrap();
    assert_eq!(body.grants[&id(2)].until, Some(days(7)));
    assert_eq!(body.by_rule, [(id(1), RULE)].into());
}

#[test]
fn sa13_what_was_given_otherwise_ends_unless_it_is_confirmed() {
    let sources = [
        GrantSource::Request,
        GrantSource::Template,
        GrantSource::Exception,
        GrantSource::Administrator,
    ];
    for source in sources {
        let history = [opened(), of(1, source)];
        given(history).by_nobody().when(transfer(&[1], &[])).then([unconfirmed(1)]);
    }
    let kept = [GrantSource::Birthright, GrantSource::Delegation, GrantSource::BreakGlass];
    for source in kept {
        given([opened(), of(1, source)]).by_nobody().when(transfer(&[1], &[])).nothing();
    }
    given(reads(None)).by_nobody().when(transfer(&[], &[])).nothing();
    given(reads(Some(days(16)))).by_nobody().when(transfer(&[1], &[])).nothing();
    given(reads(Some(days(1)))).by_nobody().at(days(2)).when(transfer(&[1], &[])).nothing();
    given([]).by_nobody().when(transfer(&[1], &[])).nothing();
    given(reads(None)).when(transfer(&[1], &[])).refused(No::SourceUnfit);
}

#[test]
fn sa13_what_begins_later_is_looked_at_then() {
    let later = granted(GrantMade { from: days(40), ..made(1, READER) });
    let ends = shortened(1, 54, Shortening::Unconfirmed);
    given([opened(), later]).by_nobody().when(transfer(&[1], &[])).then([ends]);
}

#[test]
fn sa10_the_last_keeper_does_not_move_before_another_one_is_there() {
    let known = |keepers: &[u128]| AccessFacts {
        keepers: keepers.iter().map(|it| id(*it)).collect(),
        ..known()
    };
    let last = given_of(known(&[1]), reads(None)).by_nobody();
    last.when(transfer(&[1], &[])).refused(No::LastKeeper);
    given_of(known(&[1, 7]), reads(None)).by_nobody().when(transfer(&[1], &[])).acts();
}

#[test]
fn sa13_somebody_else_who_may_give_it_confirms_it_in_person() {
    let history = || [reads(None), vec![unconfirmed(1)]].concat();
    let state = given(history()).when(confirm(1)).then([confirmed(1)]).state();
    assert_eq!(state.body().unwrap().grants[&id(1)].until, None);
    given([history(), vec![confirmed(1)]].concat()).when(confirm(1)).nothing();
    given(reads(None)).when(confirm(1)).nothing();
    given(history()).by(ANNA).when(confirm(1)).refused(No::OwnGrant);
    given(history()).by_nobody().when(confirm(1)).refused(No::NotInPerson);
    let program = ServiceAccountId(Uuid::from_u128(0x701));
    given(history()).by_program(program).when(confirm(1)).refused(No::NotInPerson);
    let poor = AccessFacts { held: vec![], ..known() };
    let refused = given_of(poor, history()).when(confirm(1)).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
    given(history()).at(days(16)).when(confirm(1)).refused(No::GrantOver);
    given(history()).when(confirm(2)).refused(No::GrantNotFound);
    given([]).when(confirm(1)).refused(No::NotFound);
}

#[test]
fn sa13_what_a_rule_gives_no_more_is_neither_confirmed_nor_prolonged() {
    let lost = || vec![opened(), by_rule(1), shortened(1, 7, Shortening::Lost)];
    given(lost()).when(confirm(1)).refused(No::SourceUnfit);
    let prolong = Prolong { grant: id(1), until: None, request: None };
    given(lost()).when(SubjectAccessCommand::Prolong(prolong)).refused(No::SourceUnfit);
}

#[test]
fn sa4_what_is_confirmed_still_keeps_duties_apart() {
    let buys = vec![opened(), granted(made(1, BUYER)), unconfirmed(1)];
    given(buys.clone()).when(confirm(1)).acts();
    let sells = granted(GrantMade { from: days(20), ..made(2, SELLER) });
    let refused = given([buys, vec![sells]].concat()).when(confirm(1)).refusal();
    assert!(matches!(refused, No::Duties { .. }));
    let gone = [opened(), granted(made(1, GONE)), unconfirmed(1)];
    given(gone).when(confirm(1)).refused(No::WhatUnfit);
}

#[test]
fn sa13_another_move_keeps_what_was_before_the_first() {
    let ended = GrantMade { until: Some(days(90)), ..made(1, SOLVER) };
    let first = shortened(1, 16, Shortening::Unconfirmed);
    let history = vec![opened(), granted(ended), first];
    given(history.clone()).by_nobody().when(transfer(&[1], &[])).nothing();
    let again = shortened(1, 9, Shortening::Unconfirmed);
    let until = Some(days(90));
    let back = SubjectAccessEvent::Confirmed(Confirmed { grant: id(1), until });
    given([history, vec![again]].concat()).when(confirm(1)).then([back]);
}

#[test]
fn sa13_what_is_prolonged_waits_for_nothing() {
    let until = Some(days(90));
    let ends = granted(GrantMade { until: Some(days(60)), ..made(1, READER) });
    let prolong = Prolong { grant: id(1), until, request: None };
    let history = [opened(), ends, unconfirmed(1)];
    let state: SubjectAccess =
        given(history).at(hours(1)).when(SubjectAccessCommand::Prolong(prolong)).state();
    let body = state.body().unwrap();
    assert!(body.shortened.is_empty() && body.grants[&id(1)].until == until);
}
