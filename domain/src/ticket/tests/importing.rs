//! An import is exempt from rights, holders and the window, never from the life cycle.

use chrono::TimeDelta;

use super::histories::{
    a_closed_ticket, a_held_ticket, a_resolved_ticket, assign, assigned, given, reopened, stopped,
};
use super::table::{every_verb, verb_of};
use crate::kernel::testing::world::{ANNA, BEN, CARL, NETWORK, noon};
use crate::ticket::command::{Reopen, Resolve, StopWork};
use crate::ticket::event::Resolved;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};

#[test]
fn t4_t6_t9_an_import_needs_no_hold_and_is_no_head() {
    let import = |history| given(history).importing_for(BEN);
    import(a_held_ticket()).when(TicketCommand::StopWork(StopWork {})).then([stopped(ANNA)]);
    import(a_held_ticket()).when(assign(Some(NETWORK), [])).then([assigned(Some(NETWORK), [])]);
    import(a_resolved_ticket()).when(assign(Some(NETWORK), [])).then([assigned(Some(NETWORK), [])]);
    import(a_held_ticket())
        .when(TicketCommand::Resolve(Resolve { code: None, solution: None }))
        .then([TicketEvent::Resolved(Resolved { code: None, solution: None })]);
}

#[test]
fn t1_history_may_name_a_requester_who_left() {
    let mut events = super::histories::a_new_ticket();
    let Some(TicketEvent::Opened(opened)) = events.pop() else { unreachable!() };
    let open = crate::ticket::command::Open {
        requester: Some(CARL),
        assignees: opened.assignees,
        ..crate::ticket::command::Open::new(opened.number, opened.kind, "No mail")
    };
    let ticket = given([]).importing_for(BEN).when(TicketCommand::Open(Box::new(open))).state();
    assert_eq!(ticket.body().unwrap().requester, CARL);
}

#[test]
fn t11_an_import_reopens_whatever_the_window() {
    given(a_closed_ticket())
        .importing_for(BEN)
        .at(noon() + TimeDelta::days(4_000))
        .when(TicketCommand::Reopen(Reopen {}))
        .then([reopened(Some(ANNA))]);
}

#[test]
fn t2_an_import_is_not_exempt_from_the_table() {
    for (state, command) in every_verb() {
        if verb_of(&command).from_states().contains(&state) {
            continue;
        }
        let history = super::histories::a_ticket_that_is(state);
        let outcome = given(history).importing_for(ANNA).because("x").when(command);
        outcome.refused(TicketRefusal::WrongState { state });
    }
    let closed = TicketRefusal::WrongState { state: TicketState::Closed };
    given(a_closed_ticket()).importing_for(BEN).when(assign(Some(NETWORK), [])).refused(closed);
}
