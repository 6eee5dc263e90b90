//! What an action comes to on a ticket as it is.

use std::collections::BTreeSet;

use domain::kernel::{DataSubject, PersonId, Personal, SlaPlanId, TicketId, UnitId};
use domain::sla::ClockKind;
use domain::sla_plan::{EscalationAction, Whom};
use domain::ticket::command::{Assign, Escalate, EscalateTo, Pressing, Prioritize};
use domain::ticket::event::{Opened, WorkStarted};
use domain::ticket::state::Body;
use domain::ticket::{Priority, Ticket, TicketCommand, TicketEvent, TicketKind, Tier};
use domain::ticket_clock::TicketClockCommand;
use domain::ticket_clock::command::Notify;
use uuid::Uuid;

use super::actions::{Deed, deed};
use super::crossing::{Crossing, PlanVersion};
use crate::workers::Cause;

const TICKET: TicketId = TicketId(Uuid::from_u128(1));
const ANNA: PersonId = PersonId(Uuid::from_u128(2));
const DESK: UnitId = UnitId(Uuid::from_u128(3));
const NETWORK: UnitId = UnitId(Uuid::from_u128(4));

fn ticket(priority: Priority, assignees: &[PersonId], held: bool) -> Body {
    let title = Personal::of(DataSubject::Deployment, "The line is dead".to_owned());
    let opened = Opened {
        number: "INC-7".to_owned(),
        kind: TicketKind::Incident,
        title,
        description: None,
        subject: None,
        priority,
        impact: None,
        urgency: None,
        requester: ANNA,
        author: ANNA,
        unit: Some(DESK),
        assignees: assignees.iter().copied().collect(),
        external_ref: None,
        individual: false,
        routing: None,
        sla: None,
        deadline_at: None,
    };
    let mut ticket = Ticket::default();
    ticket.evolve(TicketEvent::Opened(Box::new(opened)));
    if held {
        ticket.evolve(TicketEvent::WorkStarted(WorkStarted { holder: ANNA }));
    }
    *ticket.0.unwrap()
}

fn crossing(actions: &[EscalationAction]) -> Crossing {
    Crossing {
        ticket: TICKET,
        clock: ClockKind::Deadline,
        percent: 75,
        cycle: 1,
        plan: PlanVersion { id: SlaPlanId(Uuid::from_u128(5)), version: 1 },
        actions: actions.to_vec(),
        cause: Cause { correlation_id: Uuid::nil(), command_id: Uuid::nil() },
        sequence: 1,
        since: None,
    }
}

/// What the last of these actions comes to.
fn last(body: &Body, actions: &[EscalationAction]) -> Option<Deed> {
    let number = actions.len() - 1;
    deed(&crossing(actions), body, (number, &actions[number]))
}

fn of_ticket(command: impl Into<TicketCommand>) -> Option<Deed> {
    Some(Deed::Ticket(command.into()))
}

#[test]
fn a_priority_is_raised_by_one_and_no_further_than_there_is() {
    for (now, then) in [
        (Priority::Low, Some(Priority::Normal)),
        (Priority::Normal, Some(Priority::High)),
        (Priority::High, Some(Priority::Critical)),
        (Priority::Critical, None),
    ] {
        let raised = last(&ticket(now, &[], false), &[EscalationAction::RaisePriority]);
        let pressing = |then| Prioritize { pressing: Pressing::Decreed(then) };
        assert_eq!(raised, then.and_then(|then| of_ticket(pressing(then))));
    }
}

#[test]
fn another_unit_gets_it_from_whoever_has_it_and_one_s_own_as_a_whole() {
    let to = |unit| [EscalationAction::AssignToUnit { unit }];
    let escalate = Escalate { to: EscalateTo::Unit(NETWORK) };
    for held in [false, true] {
        let body = ticket(Priority::Low, &[ANNA], held);
        assert_eq!(last(&body, &to(NETWORK)), of_ticket(escalate.clone()));
    }
    let assign = Assign { unit: Some(DESK), assignees: BTreeSet::new(), note: None };
    assert_eq!(last(&ticket(Priority::Low, &[ANNA], false), &to(DESK)), of_ticket(assign));
    assert_eq!(last(&ticket(Priority::Low, &[ANNA], true), &to(DESK)), None, "somebody is at it");
    assert_eq!(last(&ticket(Priority::Low, &[], false), &to(DESK)), None, "it has it");
}

#[test]
fn a_tier_is_the_next_one() {
    let up = Escalate { to: EscalateTo::Tier(Tier(2)) };
    let body = ticket(Priority::Low, &[], false);
    assert_eq!(last(&body, &[EscalationAction::EscalateTier]), of_ticket(up));
}

#[test]
fn all_whom_a_plan_names_are_told_by_the_first_notice() {
    let body = ticket(Priority::Low, &[], false);
    let told = |whom| EscalationAction::Notify { whom };
    let both = [told(Whom::Heads), EscalationAction::EscalateTier, told(Whom::Unit)];
    let notify = Notify {
        clock: ClockKind::Deadline,
        percent: 75,
        cycle: 1,
        whom: [Whom::Heads, Whom::Unit].into(),
    };
    let first = deed(&crossing(&both), &body, (0, &both[0]));
    assert_eq!(first, Some(Deed::Clock(TicketClockCommand::Notify(notify))));
    assert_eq!(last(&body, &both), None);
}
