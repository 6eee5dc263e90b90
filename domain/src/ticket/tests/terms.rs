//! T21

use super::histories::{a_held_ticket, a_new_ticket};
use crate::kernel::PlanFacts;
use crate::kernel::testing::world::{OFFICE, noon};
use crate::sla::stamp::terms;
use crate::sla::{Terms, TermsCause};
use crate::sla_plan::testing::{PLAN, definition};
use crate::ticket::event::SlaTermsRestated;
use crate::ticket::{Priority, Ticket, TicketEvent, TicketState};

fn stamped(priority: Priority) -> Box<Terms> {
    let facts = PlanFacts { version: 1, definition: definition() };
    let calendars = [(OFFICE, crate::kernel::CalendarFacts { version: 1 })].into();
    Box::new(terms(PLAN, &facts, priority, &calendars).unwrap())
}

fn after(events: impl IntoIterator<Item = TicketEvent>) -> Ticket {
    let mut ticket = Ticket::default();
    events.into_iter().for_each(|event| ticket.evolve(event));
    ticket
}

#[test]
fn t21_a_ticket_knows_the_terms_of_its_opening_and_its_deadline() {
    let mut history = a_new_ticket();
    let TicketEvent::Opened(opened) = &mut history[0] else { unreachable!("it begins so") };
    opened.sla = Some(stamped(Priority::Normal));
    opened.deadline_at = Some(noon());
    let body = *after(history).0.unwrap();
    assert_eq!(body.sla, Some(stamped(Priority::Normal)));
    assert_eq!(body.deadline_at, Some(noon()));
}

#[test]
fn t21_other_terms_replace_them_and_change_nothing_else() {
    let mut ticket = after(a_held_ticket());
    let cause = TermsCause::Plan;
    for terms in [Some(stamped(Priority::High)), None] {
        let restated = SlaTermsRestated { terms: terms.clone(), cause };
        ticket.evolve(TicketEvent::SlaTermsRestated(restated));
        let body = ticket.body().unwrap();
        assert_eq!((&body.sla, body.state), (&terms, TicketState::InProgress));
    }
}
