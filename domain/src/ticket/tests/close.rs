//! T12

use super::histories::{a_closed_ticket, a_held_ticket, a_resolved_ticket, given};
use crate::kernel::testing::world::noon;
use crate::ticket::command::Close;
use crate::ticket::event::Closed;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};

fn close() -> TicketCommand {
    TicketCommand::Close(Close {})
}

#[test]
fn t12_a_resolved_ticket_closes_at_its_time() {
    let outcome = given(a_resolved_ticket()).when(close());
    let ticket = outcome.then([TicketEvent::Closed(Closed { closed_at: noon() })]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.closed_at), (TicketState::Closed, Some(noon())));
}

#[test]
fn t12_only_a_resolved_ticket_closes() {
    let refusal = TicketRefusal::WrongState { state: TicketState::InProgress };
    given(a_held_ticket()).when(close()).refused(refusal);
}

#[test]
fn t12_closing_twice_changes_nothing() {
    given(a_closed_ticket()).when(close()).nothing();
}
