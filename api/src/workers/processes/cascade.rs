//! The cascade: when a ticket is resolved, its open children are (T17).
//!
//! Drawn twice: by the mutation that resolves the parent, so that it can answer what became of each
//! child, and by the follower, in case the process dies in between. The ids are the same.

use domain::kernel::{Refused, TicketId};
use domain::ticket::command::ResolveWithParent;
use domain::ticket::{TicketCommand, TicketState};
use domain::ticket_dossier::{Dossier, LinkKind};
use journal::PositionToken;
use uuid::Uuid;

use super::resolution::{Resolution, Told};
use crate::gateway::{Gateway, GatewayError};
use crate::workers::{Consequence, Drawn, draw, named, was_drawn};

/// What became of a child of a resolved ticket.
#[derive(Debug)]
pub struct ChildOutcome {
    /// The child.
    pub ticket: TicketId,
    /// What became of it.
    pub outcome: ChildFate,
    /// The command that would resolve it.
    pub command_id: Uuid,
}

/// What the cascade made of a child.
#[derive(Debug)]
pub enum ChildFate {
    /// Resolved with the parent; found in the views from there on.
    Resolved(PositionToken),
    /// It was resolved before, and stays as it is: resolved, or taken up again since.
    AlreadyResolved,
    /// Its state does not allow it.
    Skipped(Refused),
}

/// Resolves the open children of a resolved ticket; nothing when it is not resolved any more.
/// Repeated, it does nothing twice and answers alike.
pub async fn cascade(
    gateway: &Gateway,
    parent: TicketId,
) -> Result<Vec<ChildOutcome>, GatewayError> {
    let dossier = gateway.journal().load::<Dossier>(parent.0).await?.state;
    let children: Vec<TicketId> = dossier.linked(LinkKind::Child).collect();
    if children.is_empty() {
        return Ok(Vec::new());
    }
    let Some(told) = Told::of(gateway, parent).await? else { return Ok(Vec::new()) };
    let Some((code, resolution)) = told.solved() else { return Ok(Vec::new()) };
    // Who confirms at once must not leave the children behind.
    let stands = matches!(told.body.state, TicketState::Resolved | TicketState::Closed);
    if !stands || told.body.merged_into.is_some() {
        return Ok(Vec::new());
    }
    let resolved =
        Resolved { parent, code: code.to_owned(), cycle: told.body.reopen_count, resolution };
    let mut outcomes = Vec::with_capacity(children.len());
    for ticket in children {
        let identity = format!("cascade {parent} {} {ticket}", resolved.cycle);
        let command_id = named(&identity).key;
        let outcome = resolved.reach(gateway, ticket, identity).await?;
        outcomes.push(ChildOutcome { ticket, outcome, command_id });
    }
    Ok(outcomes)
}

/// A parent's resolution, on its way to the children.
#[derive(Debug)]
struct Resolved {
    parent: TicketId,
    code: String,
    /// How often the parent was reopened: each time its children are resolved anew.
    cycle: u32,
    resolution: Resolution,
}

impl Resolved {
    async fn reach(
        &self,
        gateway: &Gateway,
        child: TicketId,
        identity: String,
    ) -> Result<ChildFate, GatewayError> {
        if !was_drawn(gateway, &identity).await? && self.is_past(gateway, child).await? {
            return Ok(ChildFate::AlreadyResolved);
        }
        let command = ResolveWithParent { parent: self.parent, code: self.code.clone() };
        let consequence = Consequence {
            ticket: child,
            command: TicketCommand::ResolveWithParent(command),
            identity,
            expected_version: None,
            reason: None,
            cause: Some(self.resolution.cause),
        };
        Ok(match draw(gateway, consequence).await? {
            Drawn::Done(outcome) => match outcome.receipt.token {
                Some(token) => ChildFate::Resolved(token),
                None => ChildFate::AlreadyResolved,
            },
            Drawn::Refused(refused) => ChildFate::Skipped(refused),
        })
    }

    /// Whether the child was taken up again since: it had been resolved when its parent was, and
    /// whoever reopened it knew.
    async fn is_past(&self, gateway: &Gateway, child: TicketId) -> Result<bool, GatewayError> {
        let told = Told::of(gateway, child).await?;
        let reopened_at = told.and_then(|told| told.reopened_at);
        Ok(reopened_at.is_some_and(|at| at > self.resolution.recorded_at))
    }
}
