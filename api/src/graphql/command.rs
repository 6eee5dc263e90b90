//! From a command to its answer: the part that mutations of all nouns share.

use async_graphql::{Context, Result};
use journal::Receipt;
use uuid::Uuid;

use super::access::working_caller;
use super::context::{PATIENCE, services, visit};
use super::payload::Common;
use super::refusal::UserError;
use crate::gateway::{Guarded, Request};

/// A command with everything the client said about it.
pub(super) struct Order<C> {
    pub(super) command: C,
    pub(super) stream: Uuid,
    pub(super) common: Common,
    pub(super) input_hash: [u8; 32],
}

/// What became of it.
pub(super) enum Answer {
    Done(Receipt),
    Refused(UserError),
}

/// Hands a command to the gateway.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(super) async fn perform<C: Guarded>(cx: &Context<'_>, order: Order<C>) -> Result<Answer> {
    let caller = working_caller(cx)?;
    let Order { command, stream, common, input_hash } = order;
    let idempotency = match common.idempotency(input_hash) {
        Ok(idempotency) => idempotency,
        Err(error) => return Ok(Answer::Refused(error)),
    };
    let visit = visit(cx);
    let request = Request {
        command,
        stream,
        expected_version: common.expected_version,
        idempotency,
        reason: common.reason,
        correlation_id: visit.map(|visit| visit.correlation_id).unwrap_or_default(),
        causation_id: None,
        trace_id: visit.and_then(|visit| visit.trace_id.clone()),
        at: None,
    };
    match services(cx)?.gateway.execute(caller, request).await {
        Ok(outcome) => Ok(Answer::Done(outcome.receipt)),
        Err(error) => UserError::from_gateway(error).map(Answer::Refused),
    }
}

/// Waits until a view shows what a command did, and answers the stream to show: a repeated open
/// has another one than was drawn for it. None when the view has not caught up in time.
pub(super) async fn show(
    cx: &Context<'_>,
    view: &str,
    receipt: &Receipt,
    drawn: Uuid,
) -> Result<Option<Uuid>> {
    let stream = receipt.streams.first().map_or(drawn, |stream| stream.aggregate_id);
    let Some(token) = receipt.token else { return Ok(Some(stream)) };
    let passed = services(cx)?.waiter.passed(view, token, PATIENCE).await;
    Ok(passed.is_ok().then_some(stream))
}
