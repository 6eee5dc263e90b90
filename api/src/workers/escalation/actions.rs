//! What is done about a crossing, as commands.
//!
//! Each is decided on the ticket as it is by then, and named by the crossing and its own place in
//! the list: done once, it is not done again, whatever it would be by now.

use std::borrow::Cow;
use std::collections::BTreeSet;

use domain::kernel::{TicketId, UnitId};
use domain::sla_plan::{EscalationAction, Whom};
use domain::ticket::command::{Assign, Escalate, EscalateTo, Pressing, Prioritize};
use domain::ticket::state::Body;
use domain::ticket::{Priority, TicketCommand, Tier};
use domain::ticket_clock::TicketClockCommand;
use domain::ticket_clock::command::Notify;
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::Tag;

use super::crossing::Crossing;
use crate::gateway::{Gateway, GatewayError, Guarded};
use crate::workers::{Consequence, Drawn, draw};

/// A command on one of the ticket's streams.
#[derive(Debug, PartialEq)]
pub(super) enum Deed {
    Ticket(TicketCommand),
    Dossier(TicketDossierCommand),
    Clock(TicketClockCommand),
}

/// Does all of them, each whatever became of the others. What can be tried again is, later, with all
/// of them: those that are done stay as they are.
pub(super) async fn all(gateway: &Gateway, crossing: &Crossing) -> Result<(), GatewayError> {
    let mut failed = None;
    for (number, action) in crossing.actions.iter().enumerate() {
        match one(gateway, crossing, (number, action)).await {
            Ok(outcome) => count(action, outcome),
            Err(error) if error.is_passing() => failed = Some(error),
            Err(error) => {
                tracing::error!(ticket = %crossing.ticket, ?action, %error, "an action failed");
                count(action, "failed");
            }
        }
    }
    failed.map_or(Ok(()), Err)
}

/// What became of it, for the metric.
async fn one(
    gateway: &Gateway,
    crossing: &Crossing,
    (number, action): (usize, &EscalationAction),
) -> Result<&'static str, GatewayError> {
    // What the actions before it did is part of it.
    let Some(body) = crossing.body(gateway).await? else { return Ok("refused") };
    let Some(deed) = deed(crossing, &body, (number, action)) else { return Ok("nothing") };
    let drawn = match deed {
        Deed::Ticket(command) => consequence(gateway, crossing, (number, command)).await?,
        Deed::Dossier(command) => consequence(gateway, crossing, (number, command)).await?,
        Deed::Clock(command) => consequence(gateway, crossing, (number, command)).await?,
    };
    Ok(match drawn {
        Drawn::Done(outcome) if outcome.receipt.replayed => "done_before",
        Drawn::Done(_) => "done",
        Drawn::Refused(refused) => {
            let code = refused.code;
            tracing::info!(ticket = %crossing.ticket, ?action, code, "an action was refused");
            "refused"
        }
    })
}

async fn consequence<C: Guarded>(
    gateway: &Gateway,
    crossing: &Crossing,
    (number, command): (usize, C),
) -> Result<Drawn, GatewayError> {
    let Crossing { ticket, clock, percent, cycle, .. } = crossing;
    let it = Consequence {
        ticket: *ticket,
        command,
        identity: format!("escalate {ticket} {clock} {percent} {cycle} {number}"),
        expected_version: None,
        reason: Some(Cow::Owned(reason(crossing))),
        cause: Some(crossing.cause),
    };
    draw(gateway, it).await
}

/// What the action comes to on the ticket as it is; none when there is nothing to do.
pub(super) fn deed(
    crossing: &Crossing,
    body: &Body,
    (number, action): (usize, &EscalationAction),
) -> Option<Deed> {
    match action {
        EscalationAction::RaisePriority => {
            let pressing = Pressing::Decreed(one_up(body.priority)?);
            Some(Deed::Ticket(Prioritize { pressing }.into()))
        }
        EscalationAction::AssignToUnit { unit } => given(body, *unit).map(Deed::Ticket),
        EscalationAction::EscalateTier => {
            let to = EscalateTo::Tier(Tier(body.tier.0.saturating_add(1)));
            Some(Deed::Ticket(Escalate { to }.into()))
        }
        EscalationAction::Notify { .. } => told(crossing, number).map(Deed::Clock),
        EscalationAction::Tag { tag } => Some(Deed::Dossier(tagged(crossing.ticket, tag))),
    }
}

/// The next more pressing one.
fn one_up(priority: Priority) -> Option<Priority> {
    match priority {
        Priority::Critical => None,
        Priority::High => Some(Priority::Critical),
        Priority::Normal => Some(Priority::High),
        Priority::Low => Some(Priority::Normal),
    }
}

/// To the unit as a whole. From another one it is an escalation, which ends whoever's work: nobody
/// else may give away what somebody holds. Who works on it within the unit goes on.
fn given(body: &Body, unit: UnitId) -> Option<TicketCommand> {
    if body.unit != Some(unit) {
        return Some(Escalate { to: EscalateTo::Unit(unit) }.into());
    }
    if body.holder.is_some() || body.assignees.is_empty() {
        return None;
    }
    Some(Assign { unit: Some(unit), assignees: [].into(), note: None }.into())
}

/// All whom the plan names are told at once, so that nobody is told twice.
fn told(crossing: &Crossing, number: usize) -> Option<TicketClockCommand> {
    let whom = |action: &EscalationAction| match action {
        EscalationAction::Notify { whom } => Some(*whom),
        _ => None,
    };
    if crossing.actions[..number].iter().any(|earlier| whom(earlier).is_some()) {
        return None;
    }
    let whom: BTreeSet<Whom> = crossing.actions.iter().filter_map(whom).collect();
    let Crossing { clock, percent, cycle, .. } = *crossing;
    Some(TicketClockCommand::Notify(Notify { clock, percent, cycle, whom }))
}

fn tagged(ticket: TicketId, tag: &str) -> TicketDossierCommand {
    TicketDossierCommand::Tag(Tag { ticket, tag: tag.to_owned() })
}

/// For whoever reads the timeline.
fn reason(crossing: &Crossing) -> String {
    let Crossing { clock, percent, .. } = crossing;
    format!(
        "more than {percent} percent of the time for {} is used",
        clock.to_string().to_lowercase()
    )
}

fn count(action: &EscalationAction, outcome: &'static str) {
    let verb = match action {
        EscalationAction::RaisePriority => "raise_priority",
        EscalationAction::AssignToUnit { .. } => "assign_to_unit",
        EscalationAction::EscalateTier => "escalate_tier",
        EscalationAction::Notify { .. } => "notify",
        EscalationAction::Tag { .. } => "tag",
    };
    metrics::counter!("escalation_actions_total", "action" => verb, "outcome" => outcome)
        .increment(1);
}
