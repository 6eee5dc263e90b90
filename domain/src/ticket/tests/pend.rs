//! T5, T8

use chrono::TimeDelta;

use super::histories::{
    a_held_ticket, a_new_ticket, a_pending_ticket, an_assigned_ticket, given, pended,
};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI, noon};
use crate::ticket::command::Pend;
use crate::ticket::event::Pended;
use crate::ticket::{PendingReason, TicketCommand, TicketEvent, TicketRefusal, TicketState};

fn pend(pending_reason: PendingReason) -> TicketCommand {
    TicketCommand::Pend(Pend { pending_reason, until: None })
}

#[test]
fn t8_an_open_ticket_waits_and_nobody_holds_it() {
    for history in [a_new_ticket(), an_assigned_ticket(), a_held_ticket()] {
        let outcome = given(history).when(pend(PendingReason::Vendor));
        let ticket = outcome.then([pended(PendingReason::Vendor)]).state();
        let body = ticket.body().unwrap();
        assert_eq!((body.state, body.holder), (TicketState::Pending, None));
        assert_eq!(body.pending_reason, Some(PendingReason::Vendor));
    }
}

#[test]
fn t8_waiting_for_the_same_thing_changes_nothing() {
    given(a_pending_ticket()).when(pend(PendingReason::Caller)).nothing();
    let state = TicketState::Pending;
    let refusal = TicketRefusal::WrongState { state };
    given(a_pending_ticket()).when(pend(PendingReason::Vendor)).refused(refusal);
}

#[test]
fn t8_waiting_does_not_end_before_it_begins() {
    let until = |until| {
        let pending_reason = PendingReason::Change;
        given(a_held_ticket()).when(TicketCommand::Pend(Pend { pending_reason, until }))
    };
    until(Some(noon())).refused(TicketRefusal::UntilPast);
    let tomorrow = Some(noon() + TimeDelta::days(1));
    let pending_reason = PendingReason::Change;
    until(tomorrow).then([TicketEvent::Pended(Pended { pending_reason, until: tomorrow })]);
}

#[test]
fn t5_others_leave_a_held_ticket_alone() {
    let held = TicketRefusal::Held { holder: ANNA };
    given(a_held_ticket()).by(BEN).when(pend(PendingReason::Vendor)).refused(held);
    let steered = given(a_held_ticket()).by(HEIDI).steering().when(pend(PendingReason::Vendor));
    steered.then([pended(PendingReason::Vendor)]);
}
