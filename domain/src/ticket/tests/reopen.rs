//! T10, T11, T19, T20

use chrono::TimeDelta;
use serde_json::json;

use super::histories::{
    a_closed_ticket, a_merged_ticket, a_resolved_ticket, an_individual_ticket, assigned, given,
    opened, reopened, resolved, started,
};
use crate::kernel::Refusal;
use crate::kernel::testing::tickets::OTHER;
use crate::kernel::testing::world::{ANNA, BEN, CLEO, DESK, GUS, NETWORK, noon};
use crate::settings::Policy;
use crate::ticket::command::Reopen;
use crate::ticket::event::ResolvedWithTasks;
use crate::ticket::{TicketCommand, TicketEvent, TicketRefusal, TicketState};

fn reopen() -> TicketCommand {
    TicketCommand::Reopen(Reopen {})
}

#[test]
fn t10_the_last_holder_has_it_again() {
    let outcome = given(a_resolved_ticket()).by(BEN).when(reopen());
    let ticket = outcome.then([reopened(Some(ANNA))]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.holder), (TicketState::InProgress, Some(ANNA)));
    assert_eq!(body.reopen_count, 1);
    assert_eq!((body.resolution_code.as_ref(), body.solution.as_ref()), (None, None));
}

#[test]
fn t10_a_last_holder_who_left_or_is_of_another_unit_does_not() {
    let left = vec![opened(Some(DESK)), started(GUS), resolved()];
    let moved = [a_resolved_ticket(), vec![assigned(Some(NETWORK), [])]].concat();
    for history in [left, moved] {
        let ticket = given(history).by(CLEO).when(reopen()).then([reopened(None)]).state();
        let body = ticket.body().unwrap();
        assert_eq!((body.state, body.holder), (TicketState::Assigned, None));
    }
}

#[test]
fn t11_a_closed_ticket_reopens_only_within_the_window() {
    let refused = TicketRefusal::ReopenWindowPassed;
    given(a_closed_ticket()).when(reopen()).refused(refused.clone());
    let window = Policy { reopen_after_close_days: 2, ..Policy::shipped() };
    let after =
        |time| given(a_closed_ticket()).under(window.clone()).at(noon() + time).when(reopen());
    after(TimeDelta::hours(48)).refused(refused);
    after(TimeDelta::hours(48) - TimeDelta::seconds(1)).then([reopened(Some(ANNA))]);
}

#[test]
fn t11_without_a_window_no_clock_opens_it() {
    let earlier = noon() - TimeDelta::hours(1);
    given(a_closed_ticket()).at(earlier).when(reopen()).refused(TicketRefusal::ReopenWindowPassed);
}

#[test]
fn t19_a_merged_ticket_never_reopens() {
    let merged = TicketRefusal::Merged { into: OTHER };
    assert_eq!(merged.meta()["intoId"], json!(OTHER));
    given(a_merged_ticket(OTHER)).when(reopen()).refused(merged.clone());
    given(a_merged_ticket(OTHER)).importing_for(BEN).when(reopen()).refused(merged);
}

#[test]
fn t20_with_one_of_its_tasks_it_reopens_and_nobody_holds_it() {
    let resolved = TicketEvent::ResolvedWithTasks(ResolvedWithTasks { code: "FIXED".to_owned() });
    let history = [an_individual_ticket(), vec![resolved]].concat();
    let ticket = given(history).by_nobody().when(reopen()).then([reopened(None)]).state();
    let body = ticket.body().unwrap();
    assert_eq!((body.state, body.assignees.len()), (TicketState::Assigned, 2));
}
