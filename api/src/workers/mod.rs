//! What writes besides people: imports, the closing of tickets, the thresholds that clocks cross,
//! consequences of what happened to others, of crossed thresholds, and of edits of plans and
//! calendars. Each goes through the gateway like everybody else, in Annals' own name. Rebuilds and
//! housekeeping, which write no history, go on here as well.
//!
//! All but imports run in every server, each on one node at a time (`lease`; the ledger of erasures, which
//! every server has, on all of them), from when it answers until it stops; they are no part of an import or of the first start. All their commands have ids
//! that follow from what they are about, so that one that is sent twice is done once.

pub(crate) mod access;
pub mod assigning;
pub mod cis;
pub mod closing;
pub mod commands;
pub mod erasing;
pub mod escalation;
mod following;
pub mod housekeeping;
pub mod incident_log;
pub mod lease;
pub mod ledgers;
mod packed;
pub mod planner;
pub mod processes;
pub mod rearming;
pub mod rebuilding;
pub mod retiring;
pub mod ticker;

use std::borrow::Cow;
pub mod sampling;

use domain::kernel::{Actor, Refused, TicketId};
use domain::ticket::TicketCommand;
use journal::{JournalError, StreamEvent};
use projections::{ProjectionError, ReadError};
use uuid::Uuid;

use crate::gateway::{Caller, Gateway, GatewayError, Guarded, Idempotency, Outcome, Request};

/// Namespace of the workers' command ids. Fixed for ever: a stored one must be found again.
const COMMANDS: Uuid = Uuid::from_u128(0x9a52_7e06_41d3_4f0c_8b6e_2f17_c0de_5a31);

/// Why a round of work came to nothing; the next one tries again.
#[derive(Debug, thiserror::Error)]
pub enum WorkerError {
    /// A command failed, other than by a "no".
    #[error(transparent)]
    Gateway(#[from] GatewayError),
    /// The log cannot be read.
    #[error(transparent)]
    Journal(#[from] JournalError),
    /// A view cannot be read.
    #[error(transparent)]
    Reading(#[from] ReadError),
    /// A rebuild has to wait.
    #[error(transparent)]
    Projection(#[from] ProjectionError),
    /// A key could not be destroyed, or not written down that it was.
    #[error(transparent)]
    Erasure(#[from] journal::erasure::ErasureError),
    /// The lease's connection failed.
    #[error("database: {}", journal::error::describe(.0))]
    Database(#[from] sqlx::Error),
}

/// A consequence that Annals draws itself.
#[derive(Debug)]
struct Consequence<C = TicketCommand> {
    /// Of which ticket.
    ticket: TicketId,
    /// On the ticket, or on another stream of its identity.
    command: C,
    /// What it is, and of what: the same words are the same command for ever.
    identity: String,
    /// The version on which it rests, when it rests on one.
    expected_version: Option<i64>,
    /// Why, when a person should read it.
    reason: Option<Cow<'static, str>>,
    /// What led to it; none when it was the passing of time.
    cause: Option<Cause>,
}

/// The command that led to another.
#[derive(Debug, Clone, Copy)]
struct Cause {
    correlation_id: Uuid,
    command_id: Uuid,
}

impl Cause {
    /// The command that made this event.
    fn of(event: &StreamEvent) -> Self {
        let meta = &event.meta;
        Self { correlation_id: meta.correlation_id, command_id: meta.command_id }
    }
}

/// What became of a consequence.
#[derive(Debug)]
enum Drawn {
    /// It happened, now or before.
    Done(Outcome),
    /// The rules say no.
    Refused(Refused),
}

/// Draws a consequence once.
async fn draw<C: Guarded>(gateway: &Gateway, it: Consequence<C>) -> Result<Drawn, GatewayError> {
    let named = named(&it.identity);
    let mut request = Request::new(it.command, it.ticket.0);
    request.idempotency = Some(named);
    request.expected_version = it.expected_version;
    request.reason = it.reason.map(Cow::into_owned);
    request.correlation_id = it.cause.map_or(named.key, |cause| cause.correlation_id);
    request.causation_id = it.cause.map(|cause| cause.command_id);
    match gateway.execute(&Caller::system(), request).await {
        Ok(outcome) => Ok(Drawn::Done(outcome)),
        Err(GatewayError::Refused(refused)) => Ok(Drawn::Refused(refused)),
        Err(error) => Err(error),
    }
}

/// Whether a consequence was drawn before.
async fn was_drawn(gateway: &Gateway, identity: &str) -> Result<bool, GatewayError> {
    Ok(gateway.answered(Actor::System, named(identity)).await?.is_some())
}

/// The identity says it all: there is no other input.
fn named(identity: &str) -> Idempotency {
    Idempotency { key: Uuid::new_v5(&COMMANDS, identity.as_bytes()), input_hash: [0; 32] }
}
