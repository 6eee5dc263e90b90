//! T24

use super::apply_plan::{restated, terms, versions};
use super::histories::{a_resolved_ticket, a_ticket_that_is, an_assigned_ticket, given};
use crate::sla::TermsCause;
use crate::ticket::command::RestateTerms;
use crate::ticket::{Priority, TicketCommand, TicketEvent, TicketRefusal, TicketState};

const EDIT: TermsCause = TermsCause::CalendarEdit;

fn restate() -> TicketCommand {
    TicketCommand::RestateTerms(RestateTerms { cause: EDIT })
}

fn under_a_plan(mut history: Vec<TicketEvent>) -> Vec<TicketEvent> {
    history.push(restated(terms(Priority::Normal, (1, 1)), TermsCause::Plan));
    history
}

#[test]
fn t24_a_new_version_reaches_open_tickets_alone() {
    for state in
        [TicketState::New, TicketState::Assigned, TicketState::InProgress, TicketState::Pending]
    {
        let open = given(under_a_plan(a_ticket_that_is(state))).by_nobody();
        let anew = restated(terms(Priority::Normal, (1, 2)), EDIT);
        open.knowing(versions(1, 2)).when(restate()).then([anew]);
    }
    for state in [TicketState::Resolved, TicketState::Closed, TicketState::Cancelled] {
        let over = given(under_a_plan(a_ticket_that_is(state))).by_nobody();
        over.knowing(versions(2, 2)).when(restate()).nothing();
    }
}

#[test]
fn t24_what_is_as_it_was_and_what_nobody_measures_stays() {
    given(under_a_plan(an_assigned_ticket())).by_nobody().when(restate()).nothing();
    given(a_resolved_ticket()).by_nobody().when(restate()).nothing();
    given(an_assigned_ticket()).by_nobody().when(restate()).nothing();
    given([]).by_nobody().when(restate()).refused(TicketRefusal::NotFound);
}
