//! A token: the secret is drawn and its hash kept before the event, told once, and forgotten when no
//! event came of it.

use async_graphql::{Context, ID, InputType, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::{ServiceAccountId, ServiceTokenId};
use domain::service_account::ServiceAccountCommand;
use domain::service_account::command::IssueToken;
use uuid::Uuid;

use super::ServiceAccount;
use super::input::ServiceAccountTokenIssueInput;
use crate::graphql::access::allowed;
use crate::graphql::command::{Answer, Order, Payload, Told, perform, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::id::encode_service_token;
use crate::graphql::input::single;
use crate::graphql::loader;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of issuing a token.
#[derive(SimpleObject)]
pub(super) struct ServiceAccountTokenIssuePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The account as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    service_account: Option<ServiceAccount>,
    /// The token's id, to revoke it by; null when none was issued, and in an answer to an earlier
    /// command.
    token_id: Option<ID>,
    /// What the program speaks with: told this once and kept nowhere. Null when none was issued, and
    /// in an answer to an earlier command: then issue another.
    token: Option<String>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for ServiceAccountTokenIssuePayload {
    type Node = ServiceAccount;

    const VIEWS: &'static [&'static str] = &["service_accounts"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<ServiceAccount>> {
        loader::service_account(cx, ServiceAccountId(stream)).await
    }

    fn of(told: Told<ServiceAccount>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            service_account: told.node,
            token_id: None,
            token: None,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// See the module.
pub(super) async fn issue(
    cx: &Context<'_>,
    input: ServiceAccountTokenIssueInput,
) -> Result<ServiceAccountTokenIssuePayload> {
    let input_hash = input_hash(&ServiceAccountTokenIssueInput::type_name(), &input);
    let named = input.common.client_mutation_id.clone();
    let account: ServiceAccountId = match single("serviceAccountId", &input.service_account_id) {
        Ok(account) => account,
        Err(error) => return Ok(refused(named, error)),
    };
    let (gateway, identity) = (&services(cx)?.gateway, &services(cx)?.identity);
    let token = ServiceTokenId(gateway.new_id());
    // Nobody else's is worth the work: the command will be refused.
    let text = match allowed(cx, Permission::ServiceAccountManage) {
        Ok(_) => Some(identity.keep_service_token(account, token).await.map_err(internal)?),
        Err(_) => None,
    };
    let issue = IssueToken { token, ends_at: input.ends_at };
    let command = ServiceAccountCommand::IssueToken(issue);
    let order = Order { command, stream: account.0, common: input.common, input_hash };
    let answer = perform(cx, order).await?;
    let issued = matches!(&answer, Answer::Done(_, receipt) if !receipt.replayed);
    if text.is_some() && !issued {
        identity.discard_service_token(token).await.map_err(internal)?;
    }
    let mut payload: ServiceAccountTokenIssuePayload = told(cx, named, answer).await?;
    payload.token = text.filter(|_| issued);
    payload.token_id = issued.then(|| encode_service_token(token));
    Ok(payload)
}
