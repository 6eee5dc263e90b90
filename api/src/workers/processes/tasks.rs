//! Tickets that are for each of several people: resolved with the last of their tasks, taken up
//! again with any of them (T20).
//!
//! Whether a task is the last is decided on the streams as they are, not as they were at the event:
//! whatever happened since has an event of its own, which comes later.

use std::borrow::Cow;

use domain::kernel::TicketId;
use domain::ticket::command::{Cancel, Reopen, ResolveWithTasks};
use domain::ticket::{TicketCommand, TicketKind, TicketState};
use domain::ticket_dossier::{Dossier, LinkKind};
use journal::StreamEvent;

use super::Drew;
use super::resolution::Told;
use crate::gateway::{Gateway, GatewayError};
use crate::workers::{Cause, Consequence, draw, named};

/// Why a ticket is cancelled with its tasks.
const NOBODY_DID: &str = "none of its tasks was resolved";

/// A ticket for each of several people, with their tasks.
#[derive(Debug)]
struct Shared {
    id: TicketId,
    ticket: Told,
    tasks: Vec<Told>,
}

/// Somebody's task is over: with the last one the ticket is, as the last resolved one was resolved.
pub(super) async fn ended(
    gateway: &Gateway,
    task: TicketId,
    event: &StreamEvent,
) -> Result<Option<Drew>, GatewayError> {
    let Some(shared) = Shared::of(gateway, task).await? else { return Ok(None) };
    if !shared.ticket.body.state.is_open() || shared.has_open_task() {
        return Ok(None);
    }
    let (command, reason) = match shared.last_code() {
        Some(code) => (ResolveWithTasks { code }.into(), None),
        None => (Cancel {}.into(), Some(NOBODY_DID)),
    };
    shared.draw(gateway, (command, reason), event).await
}

/// Somebody's task goes on: so does the ticket.
pub(super) async fn reopened(
    gateway: &Gateway,
    task: TicketId,
    event: &StreamEvent,
) -> Result<Option<Drew>, GatewayError> {
    let Some(shared) = Shared::of(gateway, task).await? else { return Ok(None) };
    if shared.ticket.body.state != TicketState::Resolved || !shared.has_open_task() {
        return Ok(None);
    }
    shared.draw(gateway, (Reopen {}.into(), None), event).await
}

impl Shared {
    /// The ticket of which this one is somebody's share; none when it is no such thing.
    async fn of(gateway: &Gateway, task: TicketId) -> Result<Option<Self>, GatewayError> {
        let is_task = |told: &Told| told.body.kind == TicketKind::Task;
        if !Told::of(gateway, task).await?.as_ref().is_some_and(is_task) {
            return Ok(None);
        }
        let dossier = gateway.journal().load::<Dossier>(task.0).await?.state;
        let Some(id) = dossier.linked(LinkKind::Parent).next() else { return Ok(None) };
        let Some(ticket) = Told::of(gateway, id).await? else { return Ok(None) };
        if !ticket.body.individual {
            return Ok(None);
        }
        let dossier = gateway.journal().load::<Dossier>(id.0).await?.state;
        let mut tasks = Vec::new();
        for child in dossier.linked(LinkKind::Child) {
            tasks.extend(Told::of(gateway, child).await?.filter(is_task));
        }
        Ok(Some(Self { id, ticket, tasks }))
    }

    fn has_open_task(&self) -> bool {
        self.tasks.iter().any(|task| task.body.state.is_open())
    }

    /// The code of the task that was resolved last; none when all were given up.
    fn last_code(&self) -> Option<String> {
        let solved = self.tasks.iter().filter_map(Told::solved);
        solved.max_by_key(|(_, how)| how.recorded_at).map(|(code, _)| code.to_owned())
    }

    /// A "no" means that somebody was faster, and the ticket is over.
    async fn draw(
        &self,
        gateway: &Gateway,
        (command, reason): (TicketCommand, Option<&'static str>),
        event: &StreamEvent,
    ) -> Result<Option<Drew>, GatewayError> {
        let identity = format!("tasks {} {} {}", self.id, event.aggregate_id, event.sequence);
        let command_id = named(&identity).key;
        let consequence = Consequence {
            ticket: self.id,
            command,
            identity,
            expected_version: None,
            reason: reason.map(Cow::Borrowed),
            cause: Some(Cause::of(event)),
        };
        let drawn = draw(gateway, consequence).await?;
        tracing::debug!(ticket = %self.id, ?drawn, "a ticket with tasks");
        Ok(Some((self.id, command_id)))
    }
}
