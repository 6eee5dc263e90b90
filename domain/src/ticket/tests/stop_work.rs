//! T4

use super::histories::{a_held_ticket, given, stopped};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};
use crate::ticket::command::StopWork;
use crate::ticket::{TicketCommand, TicketRefusal, TicketState};

fn stop() -> TicketCommand {
    TicketCommand::StopWork(StopWork {})
}

#[test]
fn t4_the_holder_stops_work() {
    let ticket = given(a_held_ticket()).when(stop()).then([stopped(ANNA)]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::Assigned, None));
    assert_eq!(body.last_holder, Some(ANNA));
}

#[test]
fn t4_another_agent_does_not_break_the_hold() {
    given(a_held_ticket()).by(BEN).when(stop()).refused(TicketRefusal::NotHeldByActor);
}

#[test]
fn t4_a_head_breaks_it_and_the_event_says_whose_it_was() {
    given(a_held_ticket()).by(HEIDI).steering().when(stop()).then([stopped(ANNA)]);
}
