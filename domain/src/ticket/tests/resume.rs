//! T8

use super::histories::{a_new_ticket, a_pending_ticket, given, pended, resumed};
use crate::ticket::command::Resume;
use crate::ticket::{PendingReason, TicketCommand, TicketState};

#[test]
fn t8_after_waiting_nobody_holds_and_it_is_whose_it_was() {
    let outcome = given(a_pending_ticket()).when(TicketCommand::Resume(Resume {}));
    let ticket = outcome.then([resumed()]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::Assigned, None));
    assert_eq!((body.pending_reason, body.pending_until), (None, None));
}

#[test]
fn t8_without_a_target_it_is_new_again() {
    let history = [a_new_ticket(), vec![pended(PendingReason::Caller)]].concat();
    let ticket = given(history).when(TicketCommand::Resume(Resume {})).state();
    assert_eq!(ticket.body().unwrap().state, TicketState::New);
}
