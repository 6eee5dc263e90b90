//! SA1 to SA3: who is given what, and by whom.

use uuid::Uuid;

use super::{closed, given, given_of, grant, granted, made, opened, reads, wish};
use crate::access::known::AccessFacts;
use crate::access::model::{
    AccessSubject, Condition, Entry, Grant as Held, GrantSource, Granted, Human, Scope,
};
use crate::access::testing::{
    ADMIN, BRIEF, GONE, NO_ROLE, READER, SOLVER, TEAM, days, grant as held, hours, id, known,
    pattern,
};
use crate::kernel::testing::world::{ANNA, GUS, NOBODY, noon};
use crate::kernel::{AccessRequestId, AssignmentRuleId};
use crate::subject_access::SubjectAccessRefusal as No;
use crate::subject_access::command::{Grant, Prolong};
use crate::subject_access::event::{GrantMade, Pattern, Prolonged};
use crate::subject_access::{SubjectAccessCommand, SubjectAccessEvent};

const ASKED: AccessRequestId = AccessRequestId(Uuid::from_u128(0x601));

fn holding(role: crate::kernel::RoleId) -> AccessFacts {
    AccessFacts { held: vec![held(0, role)], ..known() }
}

#[test]
fn sa1_the_first_grant_opens_the_stream_and_the_same_again_changes_nothing() {
    let first = given([]).when(grant(wish(1, READER)));
    let state = first.then([opened(), granted(made(1, READER))]).state();
    assert!(state.body().unwrap().grants[&id(1)].is_live(noon()));
    given(reads(None)).when(grant(wish(1, SOLVER))).nothing();
    given(reads(None)).when(grant(wish(2, SOLVER))).then([granted(made(2, SOLVER))]);
}

#[test]
fn sa1_only_to_who_is_there_and_active_and_whose_stream_it_is() {
    for person in [GUS, NOBODY] {
        let subject = AccessSubject::Person(person);
        given([]).when(grant(Grant { subject, ..wish(1, READER) })).refused(No::SubjectUnfit);
    }
    let subject = AccessSubject::Group(TEAM);
    given(reads(None)).when(grant(Grant { subject, ..wish(2, READER) })).refused(No::SubjectUnfit);
    given([]).when(grant(Grant { subject, ..wish(2, READER) })).acts();
    given([reads(None), vec![closed()]].concat()).when(grant(wish(2, READER))).refused(No::Closed);
}

#[test]
fn sa1_two_thousand_at_a_time() {
    let many = (0..2_000).map(|number| {
        let until = (number == 0).then(|| hours(1));
        granted(GrantMade { until, ..made(number, READER) })
    });
    let history: Vec<_> = [opened()].into_iter().chain(many).collect();
    given(history.clone()).when(grant(wish(9_999, READER))).refused(No::TooManyGrants);
    given(history).at(hours(1)).when(grant(wish(9_999, READER))).acts();
}

#[test]
fn sa2_a_role_that_is_there_or_permissions_within_their_bounds() {
    for role in [NO_ROLE, GONE] {
        given([]).when(grant(wish(1, role))).refused(No::WhatUnfit);
    }
    let direct = |entry| grant(Grant { what: Granted::Entry(Box::new(entry)), ..wish(1, READER) });
    given([]).when(direct(Entry::of([pattern("ticket.read")]))).acts();
    let twice = vec![pattern("ticket.read"); 51];
    let endless = Condition::All(vec![Condition::RiskAtMost(1); 40]);
    for unfit in [
        Entry::of([]),
        Entry::of([pattern("ticket.fly")]),
        Entry::of(twice),
        Entry { condition: Some(endless), ..Entry::of([pattern("ticket.read")]) },
    ] {
        given([]).when(direct(unfit)).refused(No::WhatUnfit);
    }
}

#[test]
fn sa2_it_ends_after_it_begins_and_begins_within_a_year() {
    let wish = |from, until| grant(Grant { from, until, ..wish(1, READER) });
    given([]).when(wish(None, Some(noon()))).refused(No::EndUnfit);
    given([]).when(wish(Some(hours(2)), Some(hours(2)))).refused(No::EndUnfit);
    let brief = GrantMade { from: hours(2), until: Some(hours(3)), ..made(1, READER) };
    given([]).when(wish(Some(hours(2)), Some(hours(3)))).then([opened(), granted(brief)]);
    given([]).when(wish(Some(hours(-2)), None)).then([opened(), granted(made(1, READER))]);
    given([]).when(wish(Some(days(366)), None)).acts();
    given([]).when(wish(Some(days(367)), None)).refused(No::StartUnfit);
}

#[test]
fn sa2_an_end_where_the_role_has_one_unless_more_was_approved() {
    let wish = |until| Grant { until, ..wish(1, BRIEF) };
    given([]).when(grant(wish(None))).refused(No::EndMissing);
    given([]).when(grant(wish(Some(hours(49))))).refused(No::EndUnfit);
    given([]).when(grant(wish(Some(hours(48))))).acts();
    let source = GrantSource::Request;
    let asked = |until| grant(Grant { source, request: Some(ASKED), ..wish(until) });
    given([]).by_nobody().when(asked(Some(hours(49)))).acts();
    given([]).by_nobody().when(asked(None)).refused(No::EndMissing);
}

#[test]
fn sa3_nobody_gives_what_they_do_not_have() {
    let solver = || grant(wish(1, SOLVER));
    given_of(holding(SOLVER), []).when(solver()).acts();
    let action = "ticket.resolve".parse().unwrap();
    given_of(holding(READER), []).when(solver()).refused(No::NotHeld { action });
    let action = "ticket.read".parse().unwrap();
    let nothing = AccessFacts { held: vec![], ..known() };
    let refused = given_of(nothing.clone(), []).when(grant(wish(1, READER))).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
    given_of(nothing.clone(), []).by_nobody().when(solver()).acts();
    let brief = Held { until: Some(days(1)), ..held(0, ADMIN) };
    let brief = || AccessFacts { held: vec![brief.clone()], ..known() };
    let until = |until| grant(Grant { until, ..wish(1, READER) });
    given_of(brief(), []).when(until(Some(days(1)))).acts();
    assert!(matches!(given_of(brief(), []).when(until(None)).refusal(), No::NotHeld { .. }));
    let pierces = || grant(Grant { pierces: true, ..wish(1, READER) });
    given([]).when(pierces()).acts();
    let refused = given_of(holding(ADMIN), []).when(pierces()).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
    let entry = Granted::Entry(Box::new(Entry::of([pattern("ticket.read")])));
    let direct = grant(Grant { what: entry, ..wish(1, READER) });
    given_of(nothing, []).when(direct).refused(No::NotHeld { action });
    let desk: Scope = "desk".parse().unwrap();
    let there =
        AccessFacts { held: vec![Held { scope: desk.clone(), ..held(0, READER) }], ..known() };
    given_of(there, []).when(grant(Grant { scope: desk, ..wish(1, READER) })).acts();
    let rules = AccessFacts { rules: None, ..known() };
    given_of(rules, []).when(grant(wish(1, READER))).refused(No::WhatUnfit);
}

#[test]
fn sa3_what_was_approved_or_follows_from_a_rule_annals_gives() {
    let from = |source, request| grant(Grant { source, request, ..wish(1, READER) });
    for (source, request) in [
        (GrantSource::Request, Some(ASKED)),
        (GrantSource::Birthright, None),
        (GrantSource::Rule, None),
        (GrantSource::Administrator, Some(ASKED)),
    ] {
        given([]).when(from(source, request)).refused(No::SourceUnfit);
        given([]).by_nobody().when(from(source, request)).acts();
    }
    given([]).by_nobody().when(from(GrantSource::Request, None)).refused(No::SourceUnfit);
    for source in [GrantSource::Delegation, GrantSource::BreakGlass] {
        given([]).by_nobody().when(from(source, None)).refused(No::SourceUnfit);
    }
    let rule = AssignmentRuleId(Uuid::from_u128(0x602));
    let pattern = Some(Pattern::Rule { rule, version: 3 });
    let source = GrantSource::Rule;
    let wish = Grant { source, pattern, ..wish(1, READER) };
    let made = GrantMade { source, pattern, ..made(1, READER) };
    given([]).by_nobody().when(grant(wish)).then([opened(), granted(made)]);
}

fn prolong(until: Option<chrono::DateTime<chrono::Utc>>) -> SubjectAccessCommand {
    SubjectAccessCommand::Prolong(Prolong { grant: id(1), until, request: None })
}

#[test]
fn sa5_a_grant_that_stands_is_prolonged_within_the_bounds_of_a_new_one() {
    let until = Some(days(9));
    let prolonged = Prolonged { grant: id(1), until, request: None };
    let prolonged = SubjectAccessEvent::Prolonged(prolonged);
    let state = given(reads(Some(days(1)))).when(prolong(until)).then([prolonged]).state();
    assert_eq!(state.body().unwrap().grants[&id(1)].until, until);
    given(reads(until)).when(prolong(until)).nothing();
    given(reads(until)).when(prolong(None)).acts();
    given(reads(until)).when(prolong(Some(days(8)))).refused(No::EndUnfit);
    given(reads(None)).when(prolong(until)).refused(No::EndUnfit);
    given(reads(until)).at(days(9)).when(prolong(None)).refused(No::GrantOver);
    given([opened()]).when(prolong(None)).refused(No::GrantNotFound);
    given([]).when(prolong(None)).refused(No::NotFound);
    let poor = AccessFacts { held: vec![], ..known() };
    let refused = given_of(poor, reads(until)).when(prolong(None)).refusal();
    assert!(matches!(refused, No::NotHeld { .. }));
    let brief = || {
        let end = GrantMade { until: Some(hours(40)), ..made(1, BRIEF) };
        vec![opened(), granted(end)]
    };
    given(brief()).at(hours(39)).when(prolong(Some(hours(87)))).acts();
    given(brief()).at(hours(39)).when(prolong(Some(hours(88)))).refused(No::EndUnfit);
    given(brief()).when(prolong(None)).refused(No::EndMissing);
    let until = Some(hours(99));
    let approved = Prolong { grant: id(1), until, request: Some(ASKED) };
    given(brief()).by_nobody().when(SubjectAccessCommand::Prolong(approved)).acts();
}

#[test]
fn sa3_what_was_approved_is_prolonged_by_another_approval_what_is_lent_not_at_all() {
    let of = |source| {
        let made = GrantMade { source, until: Some(hours(1)), ..made(1, READER) };
        vec![opened(), granted(made)]
    };
    let renew = |request| {
        SubjectAccessCommand::Prolong(Prolong { grant: id(1), until: Some(days(1)), request })
    };
    let request = GrantSource::Request;
    given(of(request)).when(renew(None)).refused(No::SourceUnfit);
    given(of(request)).when(renew(Some(ASKED))).refused(No::SourceUnfit);
    given(of(request)).by_nobody().when(renew(None)).refused(No::SourceUnfit);
    let state = given(of(request)).by_nobody().when(renew(Some(ASKED))).state();
    assert_eq!(state.body().unwrap().grants[&id(1)].request, Some(ASKED));
    for source in [GrantSource::Delegation, GrantSource::BreakGlass] {
        given(of(source)).by_nobody().when(renew(None)).refused(No::SourceUnfit);
    }
}

#[test]
fn sa3_nobody_gives_to_themselves() {
    given([]).by(ANNA).when(grant(wish(1, READER))).refused(No::OwnGrant);
    let second = AccessFacts { doer: Some(Human(ANNA)), ..known() };
    given_of(second, []).when(grant(wish(1, READER))).refused(No::OwnGrant);
    let team = Grant { subject: AccessSubject::Group(TEAM), ..wish(1, READER) };
    given([]).by(ANNA).when(grant(team.clone())).refused(No::OwnGrant);
    given([]).when(grant(team)).acts();
}
