//! T17

use super::histories::{
    a_held_ticket, a_new_ticket, a_pending_ticket, a_resolved_ticket, an_assigned_ticket, given,
};
use crate::kernel::testing::world::PARENT;
use crate::ticket::command::ResolveWithParent;
use crate::ticket::event::ResolvedWithParent;
use crate::ticket::{TicketCommand, TicketEvent, TicketState};

fn cascade() -> TicketCommand {
    let code = "FIXED".to_owned();
    TicketCommand::ResolveWithParent(ResolveWithParent { parent: PARENT, code })
}

#[test]
fn t17_an_open_child_is_resolved_whoever_holds_it() {
    for history in [a_new_ticket(), an_assigned_ticket(), a_held_ticket(), a_pending_ticket()] {
        let event = ResolvedWithParent { parent: PARENT, code: "FIXED".to_owned() };
        let outcome = given(history).by_nobody().when(cascade());
        let ticket = outcome.then([TicketEvent::ResolvedWithParent(event)]).state();
        let body = ticket.body().unwrap();
        assert_eq!((body.state, body.holder), (TicketState::Resolved, None));
        assert_eq!(body.resolution_code.as_deref(), Some("FIXED"));
    }
}

#[test]
fn t17_a_resolved_child_stays_as_it_is() {
    given(a_resolved_ticket()).by_nobody().when(cascade()).nothing();
}
