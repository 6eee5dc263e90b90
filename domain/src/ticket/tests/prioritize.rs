//! T5, T15

use strum::IntoEnumIterator;

use super::histories::{a_held_ticket, an_assigned_ticket, given};
use crate::kernel::testing::world::{ANNA, BEN, HEIDI};
use crate::settings::{Policy, PriorityMatrix};
use crate::ticket::command::{Pressing, Prioritize};
use crate::ticket::event::Prioritized;
use crate::ticket::{Impact, Priority, TicketCommand, TicketEvent, TicketRefusal, Urgency};

fn prioritize(pressing: Pressing) -> TicketCommand {
    TicketCommand::Prioritize(Prioritize { pressing })
}

fn decreed(priority: Priority) -> TicketEvent {
    TicketEvent::Prioritized(Prioritized { priority, impact: None, urgency: None })
}

#[test]
fn t15_impact_and_urgency_give_the_priority_through_the_matrix() {
    use Priority::{Critical, High, Low, Normal};
    let mut shipped = [Critical, High, Normal, High, Normal, Low, Normal, Low, Low].into_iter();
    for impact in Impact::iter() {
        for urgency in Urgency::iter() {
            let ticket =
                given(an_assigned_ticket()).when(prioritize(Pressing::Judged(impact, urgency)));
            let ticket = ticket.state();
            let body = ticket.body().unwrap();
            assert_eq!(Some(body.priority), shipped.next(), "{impact} {urgency}");
            assert_eq!((body.impact, body.urgency), (Some(impact), Some(urgency)));
        }
    }
}

#[test]
fn t15_the_matrix_is_the_deployments() {
    let matrix = PriorityMatrix([[Priority::Low; 3]; 3]);
    given(an_assigned_ticket())
        .under(Policy { matrix, ..Policy::shipped() })
        .when(prioritize(Pressing::Judged(Impact::High, Urgency::High)))
        .then([TicketEvent::Prioritized(Prioritized {
            priority: Priority::Low,
            impact: Some(Impact::High),
            urgency: Some(Urgency::High),
        })]);
}

#[test]
fn t15_a_priority_is_set_outright_with_a_reason() {
    let critical = || prioritize(Pressing::Decreed(Priority::Critical));
    given(an_assigned_ticket()).when(critical()).refused(TicketRefusal::ReasonRequired);
    let reasoned = given(an_assigned_ticket()).because("the board waits").when(critical());
    reasoned.then([decreed(Priority::Critical)]);
}

#[test]
fn t15_the_same_again_changes_nothing() {
    given(an_assigned_ticket())
        .when(prioritize(Pressing::Judged(Impact::Medium, Urgency::Medium)))
        .nothing();
    let history = [an_assigned_ticket(), vec![decreed(Priority::Low)]].concat();
    given(history).when(prioritize(Pressing::Decreed(Priority::Low))).nothing();
}

#[test]
fn t5_others_leave_a_held_ticket_alone() {
    let high = || prioritize(Pressing::Judged(Impact::High, Urgency::High));
    let held = TicketRefusal::Held { holder: ANNA };
    given(a_held_ticket()).by(BEN).when(high()).refused(held);
    let ticket = given(a_held_ticket()).by(HEIDI).steering().when(high()).state();
    assert_eq!(ticket.body().unwrap().holder, Some(ANNA), "the hold stays");
}
