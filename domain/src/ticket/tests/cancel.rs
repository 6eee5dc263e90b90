//! T13

use super::histories::{
    a_cancelled_ticket, a_held_ticket, a_new_ticket, a_pending_ticket, an_assigned_ticket, given,
};
use crate::kernel::testing::world::{ANNA, CLEO, HEIDI};
use crate::ticket::command::Cancel;
use crate::ticket::event::Cancelled;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};

fn cancel() -> TicketCommand {
    TicketCommand::Cancel(Cancel {})
}

#[test]
fn t13_an_open_ticket_nobody_else_holds_may_be_cancelled() {
    for history in [a_new_ticket(), an_assigned_ticket(), a_held_ticket(), a_pending_ticket()] {
        let outcome = given(history).when(cancel()).then([TicketEvent::Cancelled(Cancelled {})]);
        let ticket = outcome.state();
        let body = ticket.body().unwrap();
        assert_eq!((body.state, body.holder), (TicketState::Cancelled, None));
    }
}

#[test]
fn t13_what_somebody_else_works_on_is_not_cancelled_but_by_a_head() {
    given(a_held_ticket()).by(CLEO).when(cancel()).refused(TicketRefusal::Held { holder: ANNA });
    let steered = given(a_held_ticket()).by(HEIDI).steering().when(cancel());
    steered.then([TicketEvent::Cancelled(Cancelled {})]);
}

#[test]
fn t13_cancelling_twice_changes_nothing() {
    given(a_cancelled_ticket()).when(cancel()).nothing();
}
