//! T5, T6, T7, T18, T20

use uuid::Uuid;

use super::histories::{
    a_held_ticket, a_new_ticket, a_pending_ticket, a_resolved_ticket, an_assigned_ticket,
    an_individual_ticket, assign, assigned, given,
};
use crate::kernel::testing::world::{
    ANNA, BEN, CLEO, CLOSED, CUSTOMER, DESK, GUS, HEIDI, NETWORK, NORA,
};
use crate::kernel::{DataSubject, PersonId, Personal};
use crate::ticket::command::Assign;
use crate::ticket::event::Assigned;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};

#[test]
fn t6_a_new_ticket_is_given_to_a_unit_or_to_people() {
    let to_unit =
        given(a_new_ticket()).when(assign(Some(DESK), [])).then([assigned(Some(DESK), [])]);
    assert_eq!(to_unit.state().body().unwrap().state, TicketState::Assigned);
    let to_person = given(a_new_ticket()).when(assign(None, [NORA])).then([assigned(None, [NORA])]);
    assert_eq!(to_person.state().body().unwrap().state, TicketState::Assigned);
}

#[test]
fn t6_given_to_nobody_it_is_back_in_dispatch() {
    let outcome = given(an_assigned_ticket()).when(assign(None, [])).then([assigned(None, [])]);
    assert_eq!(outcome.state().body().unwrap().state, TicketState::New);
}

#[test]
fn t6_a_forward_from_work_in_progress_ends_the_hold() {
    let outcome = given(a_held_ticket()).when(assign(Some(NETWORK), [NORA]));
    let ticket = outcome.then([assigned(Some(NETWORK), [NORA])]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::Assigned, None));
    let same = given(a_held_ticket()).when(assign(Some(DESK), []));
    assert_eq!(same.then([assigned(Some(DESK), [])]).state().body().unwrap().holder, None);
    let to_nobody = given(a_held_ticket()).when(assign(None, [])).state();
    assert_eq!(to_nobody.body().unwrap().state, TicketState::New);
}

#[test]
fn t6_a_forward_may_tell_the_next_one_something() {
    let note = Some("Try the switch".to_owned());
    let command = Assign { unit: Some(NETWORK), assignees: [].into(), note };
    given(a_held_ticket()).when(TicketCommand::Assign(command)).then([TicketEvent::Assigned(
        Assigned {
            unit: Some(NETWORK),
            assignees: [].into(),
            note: Some(Personal::of(DataSubject::Person(ANNA), "Try the switch".to_owned())),
            routing: None,
        },
    )]);
}

#[test]
fn t6_pending_stays_pending() {
    let ticket = given(a_pending_ticket()).when(assign(Some(NETWORK), [])).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.unit), (TicketState::Pending, Some(NETWORK)));
    assert!(body.pending_reason.is_some());
}

#[test]
fn t6_a_resolved_ticket_is_moved_by_heads_and_stays_resolved() {
    given(a_resolved_ticket()).when(assign(Some(NETWORK), [])).refused(TicketRefusal::HeadsOnly);
    let moved = given(a_resolved_ticket()).by(HEIDI).steering().when(assign(Some(NETWORK), []));
    assert_eq!(moved.state().body().unwrap().state, TicketState::Resolved);
}

#[test]
fn t6_giving_it_to_those_who_have_it_changes_nothing() {
    given(an_assigned_ticket()).when(assign(Some(DESK), [])).nothing();
    given(a_pending_ticket()).when(assign(Some(DESK), [])).nothing();
    given(a_new_ticket()).when(assign(None, [])).nothing();
}

#[test]
fn t5_while_somebody_holds_it_others_leave_it_alone() {
    given(a_held_ticket())
        .by(BEN)
        .when(assign(Some(NETWORK), []))
        .refused(TicketRefusal::Held { holder: ANNA });
    let held = TicketRefusal::Held { holder: ANNA };
    let steered = given(a_held_ticket()).by(HEIDI).steering().when(assign(Some(NETWORK), []));
    steered.refused(held.clone());
    given(a_held_ticket()).by_nobody().when(assign(Some(NETWORK), [])).refused(held);
}

#[test]
fn t20_what_each_of_its_people_does_is_not_given_to_others() {
    let individual = given(an_individual_ticket()).by(HEIDI).steering();
    individual.when(assign(Some(NETWORK), [])).refused(TicketRefusal::Individual);
}

#[test]
fn t7_assignees_are_active_staff_of_the_unit() {
    for person in [NORA, GUS, CLEO] {
        let unfit = TicketRefusal::AssigneeUnfit { person };
        given(a_new_ticket()).when(assign(Some(DESK), [person])).refused(unfit);
    }
    for unit in [CUSTOMER, CLOSED] {
        given(a_new_ticket()).when(assign(Some(unit), [])).refused(TicketRefusal::UnitUnfit);
    }
    let many = (0..51).map(|number| PersonId(Uuid::from_u128(number)));
    given(a_new_ticket()).when(assign(None, many)).refused(TicketRefusal::AssigneesTooMany);
}

#[test]
fn t18_changes_of_the_unit_are_counted_and_people_are_not() {
    let count = |events: &[TicketEvent]| {
        let mut history = an_assigned_ticket();
        history.extend_from_slice(events);
        let same = given(history).when(assign(Some(DESK), [BEN])).state();
        same.body().unwrap().reassignment_count
    };
    assert_eq!(count(&[]), 0);
    assert_eq!(count(&[assigned(Some(DESK), [ANNA])]), 0);
    assert_eq!(count(&[assigned(None, []), assigned(Some(DESK), [])]), 2);
    assert_eq!(count(&[assigned(Some(NETWORK), [])]), 2);
}
