//! The verbs of service accounts.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::{ServiceAccountId, ServiceTokenId};
use uuid::Uuid;

use super::ServiceAccount;
use super::input::{
    ServiceAccountChangeOwnerInput, ServiceAccountRegisterInput, ServiceAccountRetireInput,
    ServiceAccountTokenIssueInput, ServiceAccountTokenRevokeInput,
};
use super::issue::{ServiceAccountTokenIssuePayload, issue};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Answer, NounInput, Payload, Told, perform_one, run, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a service account.
#[derive(SimpleObject)]
pub(super) struct ServiceAccountPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The account as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    service_account: Option<ServiceAccount>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for ServiceAccountPayload {
    type Node = ServiceAccount;

    const VIEWS: &'static [&'static str] = &["service_accounts"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<ServiceAccount>> {
        loader::service_account(cx, ServiceAccountId(stream)).await
    }

    fn of(told: Told<ServiceAccount>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            service_account: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Programs that may do a few things.
#[derive(Default)]
pub(in crate::graphql) struct ServiceAccountMutation;

/// Programs that may do a few things.
#[Object]
impl ServiceAccountMutation {
    /// Registers a program with what it may do. It speaks once a token was issued for it.
    #[graphql(guard = "SignedIn")]
    async fn service_account_register(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is called, is for and may do.")]
        input: ServiceAccountRegisterInput,
    ) -> Result<ServiceAccountPayload> {
        run(cx, input).await
    }

    /// Issues a token for a program. It is told this once; at most two serve at a time, so that one
    /// can take over from the other.
    #[graphql(guard = "SignedIn")]
    async fn service_account_token_issue(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "For which account, and until when.")]
        input: ServiceAccountTokenIssueInput,
    ) -> Result<ServiceAccountTokenIssuePayload> {
        issue(cx, input).await
    }

    /// Revokes a token: it serves no more, at once.
    #[graphql(guard = "SignedIn")]
    async fn service_account_token_revoke(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which token.")] input: ServiceAccountTokenRevokeInput,
    ) -> Result<ServiceAccountPayload> {
        let token = input.named().ok().map(|(_, token)| token);
        ending(cx, input, token).await
    }

    /// Lets somebody else answer for a program; its tokens go on.
    #[graphql(guard = "SignedIn")]
    async fn service_account_change_owner(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which account, and who.")] input: ServiceAccountChangeOwnerInput,
    ) -> Result<ServiceAccountPayload> {
        run(cx, input).await
    }

    /// Retires a service account: its tokens serve no more, at once, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn service_account_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which account.")] input: ServiceAccountRetireInput,
    ) -> Result<ServiceAccountPayload> {
        ending(cx, input, None).await
    }
}

/// The same as [`run`], and what the token, or each of the account's, is recognised by is destroyed.
async fn ending<I: NounInput<Payload = ServiceAccountPayload>>(
    cx: &Context<'_>,
    input: I,
    token: Option<ServiceTokenId>,
) -> Result<ServiceAccountPayload> {
    let named = input.common().client_mutation_id.clone();
    let answer = perform_one(cx, input).await?;
    if let Answer::Done(stream, _) = &answer {
        let account = ServiceAccountId(*stream);
        let ended = services(cx)?.identity.end_service_tokens(account, token).await;
        ended.map_err(internal)?;
    }
    told(cx, named, answer).await
}
