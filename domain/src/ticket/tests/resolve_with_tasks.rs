//! T20

use super::histories::{a_closed_ticket, an_assigned_ticket, an_individual_ticket, given, pended};
use crate::kernel::text::TextFault;
use crate::ticket::command::ResolveWithTasks;
use crate::ticket::event::ResolvedWithTasks;
use crate::ticket::{PendingReason, TicketCommand, TicketEvent, TicketRefusal, TicketState};

fn last_one_done(code: &str) -> TicketCommand {
    TicketCommand::ResolveWithTasks(ResolveWithTasks { code: code.to_owned() })
}

fn resolved() -> TicketEvent {
    TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "FIXED".to_owned() })
}

#[test]
fn t20_it_is_resolved_with_the_last_of_its_tasks() {
    let waiting = [an_individual_ticket(), vec![pended(PendingReason::Vendor)]].concat();
    for history in [an_individual_ticket(), waiting] {
        let outcome = given(history).by_nobody().when(last_one_done(" FIXED "));
        let ticket = outcome.then([resolved()]).state();
        let body = ticket.body().unwrap();
        assert_eq!(body.state, TicketState::Resolved);
        assert_eq!(body.resolution_code.as_deref(), Some("FIXED"));
    }
}

#[test]
fn t20_resolved_already_it_stays_as_it_is() {
    let history = [an_individual_ticket(), vec![resolved()]].concat();
    given(history).by_nobody().when(last_one_done("OTHER")).nothing();
    let closed = TicketRefusal::WrongState { state: TicketState::Closed };
    given(a_closed_ticket()).by_nobody().when(last_one_done("FIXED")).refused(closed);
}

#[test]
fn t20_only_what_several_people_share_and_only_annals_itself() {
    let not_shared = given(an_assigned_ticket()).by_nobody();
    not_shared.when(last_one_done("FIXED")).refused(TicketRefusal::NotIndividual);
    let refusal = TicketRefusal::Individual;
    given(an_individual_ticket()).steering().when(last_one_done("FIXED")).refused(refusal);
    let empty = TicketRefusal::TextUnfit { field: "code", fault: TextFault::Empty };
    given(an_individual_ticket()).by_nobody().when(last_one_done(" ")).refused(empty);
}
