//! From an input to its payload: a command on one subject's access, in one append with the end of the
//! request that the grant came from.

use async_graphql::{Context, InputType, Result};
use domain::access_request::words::Ending;
use domain::kernel::PersonId;
use domain::subject_access::SubjectAccessCommand;
use uuid::Uuid;

use super::input::{Deed, EndExceptionInput, ExceptionDeed, GrantExceptionInput, GrantVerb};
use super::payload::{AccessExceptionPayload, AccessGrantPayload};
use crate::gateway::Step;
use crate::graphql::access::working_caller;
use crate::graphql::command::{Answer, Order, perform_together};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::refusal::UserError;

/// Under which the clients' keys become identities of grants. Fixed for ever: what was made must be
/// found again by whoever asks twice.
const FRESH: Uuid = Uuid::from_u128(0x3e5a_91c7_08d2_4b6f_a4e1_6f0d_b87c_2915);

/// Does a verb on a grant.
pub(super) async fn done<I: GrantVerb>(cx: &Context<'_>, input: I) -> Result<AccessGrantPayload> {
    let common = input.common().clone();
    let (named, input_hash) =
        (common.client_mutation_id.clone(), input_hash(&I::type_name(), &input));
    let fresh = fresh(cx, common.idempotency_key.as_deref(), 0)?;
    let deed = match input.into_deed(fresh, doer(cx)?) {
        Ok(deed) => deed,
        Err(error) => return Ok(AccessGrantPayload::refused(named, error)),
    };
    let (stream, grant) = (deed.subject.stream().0, deed.grant);
    let command = steps(cx, deed).await?;
    let order = Order { command, stream, common, input_hash };
    let answer = perform_together(cx, order, |_, error| error).await?;
    AccessGrantPayload::of(cx, named, (answer, grant)).await
}

/// Makes an exception.
pub(super) async fn except(
    cx: &Context<'_>,
    input: GrantExceptionInput,
) -> Result<AccessExceptionPayload> {
    let (common, hash) = (input.common.clone(), hash(&input));
    let fresh = fresh(cx, common.idempotency_key.as_deref(), 0)?;
    excepted(cx, input.into_deed(fresh), (common, hash)).await
}

/// Ends one.
pub(super) async fn end_exception(
    cx: &Context<'_>,
    input: EndExceptionInput,
) -> Result<AccessExceptionPayload> {
    let (common, hash) = (input.common.clone(), hash(&input));
    excepted(cx, input.into_deed(), (common, hash)).await
}

async fn excepted(
    cx: &Context<'_>,
    deed: std::result::Result<ExceptionDeed, UserError>,
    (common, input_hash): (Common, [u8; 32]),
) -> Result<AccessExceptionPayload> {
    let named = common.client_mutation_id.clone();
    let deed = match deed {
        Ok(deed) => deed,
        Err(error) => return Ok(AccessExceptionPayload::refused(named, error)),
    };
    let stream = deed.subject.stream().0;
    let command = vec![Step::Access(stream, deed.command)];
    let order = Order { command, stream, common, input_hash };
    let answer: Answer = perform_together(cx, order, |_, error| error).await?;
    AccessExceptionPayload::of(cx, named, (answer, deed.subject, deed.exception)).await
}

/// The deed, and the end of the request that led to what it takes away.
pub(super) async fn steps(cx: &Context<'_>, deed: Deed) -> Result<Vec<Step>> {
    let stream = deed.subject.stream();
    let ends = match deed.command {
        SubjectAccessCommand::Revoke(_) => {
            let gateway = &services(cx)?.gateway;
            let ends = gateway.ends_of(stream, Ending::Revoked, |grant| grant.id == deed.grant);
            ends.await.map_err(internal)?
        }
        _ => Vec::new(),
    };
    Ok(std::iter::once(Step::Access(stream.0, deed.command)).chain(ends).collect())
}

/// The identity of what is new; whoever sends the same key again means the same.
pub(in crate::graphql) fn fresh(cx: &Context<'_>, key: Option<&str>, place: usize) -> Result<Uuid> {
    Ok(match key {
        Some(key) => {
            let actor = working_caller(cx)?.actor;
            Uuid::new_v5(&FRESH, format!("{actor} {place} {key}").as_bytes())
        }
        None => services(cx)?.gateway.new_id(),
    })
}

fn doer(cx: &Context<'_>) -> Result<Option<PersonId>> {
    Ok(working_caller(cx)?.person.as_ref().map(|person| person.who.person))
}

fn hash<I: InputType>(input: &I) -> [u8; 32] {
    input_hash(&I::type_name(), input)
}
