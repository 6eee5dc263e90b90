//! AP1, AP4 to AP6: who governs, how much is asked for, what is beyond everybody.

use super::given;
use crate::access::model::{Ceiling, SubjectKind};
use crate::access::testing::{CREW, ENDED, NO_GROUP, TEAM, pattern};
use crate::access_policy::AccessPolicyRefusal as No;
use crate::access_policy::command::{ChangeLimits, ChooseGovernance, DrawBoundary};
use crate::access_policy::event::{BoundaryDrawn, GovernanceChosen, LimitsChanged};
use crate::access_policy::{AccessPolicy, AccessPolicyCommand, AccessPolicyEvent};
use crate::access_request::stage::Span;
use crate::kernel::testing::world::{ANNA, GUS, NEVER, OFFICE};
use crate::kernel::{AccessGroupId, PersonId};

fn choose(governance: Option<AccessGroupId>, owner: Option<PersonId>) -> AccessPolicyCommand {
    AccessPolicyCommand::ChooseGovernance(ChooseGovernance { governance, owner })
}

#[test]
fn ap4_who_governs_is_there() {
    let (governance, owner) = (Some(TEAM), Some(ANNA));
    let chosen = AccessPolicyEvent::GovernanceChosen(GovernanceChosen { governance, owner });
    let state = given([]).when(choose(governance, owner)).then([chosen.clone()]).state();
    assert_eq!((state.governance, state.owner), (governance, owner));
    given([chosen.clone()]).when(choose(governance, owner)).nothing();
    given([chosen.clone()]).when(choose(Some(CREW), owner)).acts();
    given([chosen]).when(choose(None, None)).acts();
    for group in [ENDED, NO_GROUP] {
        given([]).when(choose(Some(group), None)).refused(No::GroupUnfit);
    }
    given([]).when(choose(None, Some(GUS))).refused(No::PersonUnfit);
}

fn limits() -> ChangeLimits {
    ChangeLimits {
        justification_min: 500,
        max_escalations: 5,
        span: Span { calendar: Some(OFFICE), seconds: 60 },
        without_subordinates: false,
        rule_people_max: 10_000,
    }
}

fn change(limits: ChangeLimits) -> AccessPolicyCommand {
    AccessPolicyCommand::ChangeLimits(limits)
}

#[test]
fn ap5_limits_have_bounds() {
    let changed = AccessPolicyEvent::LimitsChanged(LimitsChanged {
        justification_min: 500,
        max_escalations: 5,
        span: Span { calendar: Some(OFFICE), seconds: 60 },
        without_subordinates: false,
        rule_people_max: 10_000,
    });
    let state = given([]).when(change(limits())).then([changed.clone()]).state();
    let expected = AccessPolicy {
        justification_min: 500,
        max_escalations: 5,
        span: limits().span,
        without_subordinates: false,
        rule_people_max: 10_000,
        ..AccessPolicy::default()
    };
    assert_eq!(state, expected);
    given([changed]).when(change(limits())).nothing();
    let wordy = ChangeLimits { justification_min: 501, ..limits() };
    given([]).when(change(wordy)).refused(No::JustificationUnfit);
    let high = ChangeLimits { max_escalations: 6, ..limits() };
    given([]).when(change(high)).refused(No::EscalationsUnfit);
    let wide = ChangeLimits { rule_people_max: 10_001, ..limits() };
    given([]).when(change(wide)).refused(No::PeopleUnfit);
    let span = Span { calendar: Some(NEVER), seconds: 60 };
    given([]).when(change(ChangeLimits { span, ..limits() })).refused(No::SpanUnfit);
}

#[test]
fn ap6_a_boundary_is_drawn_for_a_sort_of_subjects() {
    let kind = SubjectKind::Service;
    let reads = || Some(Ceiling(vec![pattern("*.read")]));
    let draw = |ceiling| AccessPolicyCommand::DrawBoundary(DrawBoundary { kind, ceiling });
    let drawn = |ceiling| AccessPolicyEvent::BoundaryDrawn(BoundaryDrawn { kind, ceiling });
    let state = given([]).when(draw(reads())).then([drawn(reads())]).state();
    assert_eq!(state.boundaries.get(&kind), reads().as_ref());
    given([]).when(draw(None)).nothing();
    given([drawn(reads())]).when(draw(reads())).nothing();
    let state = given([drawn(reads())]).by_nobody().when(draw(None));
    assert!(state.then([drawn(None)]).state().boundaries.is_empty());
    // Whoever holds what it keeps from them does not widen it; to narrow it, anybody may.
    let resolves = || Some(Ceiling(vec![pattern("*.read"), pattern("ticket.resolve")]));
    let bound = No::BoundaryBindsActor { action: "ticket.resolve".parse().unwrap() };
    given([drawn(reads())]).when(draw(resolves())).refused(bound);
    given([drawn(resolves())]).when(draw(reads())).acts();
    let long = |count| Some(Ceiling(vec![pattern("*.read"); count]));
    given([]).when(draw(long(200))).acts();
    given([]).when(draw(long(201))).refused(No::BoundaryTooLong);
}
