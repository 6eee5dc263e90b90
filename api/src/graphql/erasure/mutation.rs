//! The verbs of an erasure.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::ErasureId;
use uuid::Uuid;

use super::Erasure;
use super::input::{
    ErasureApproveInput, ErasureRefuseInput, ErasureRequestInput, ErasureWithdrawInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on an erasure.
#[derive(SimpleObject)]
pub(super) struct ErasurePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The erasure as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    erasure: Option<Erasure>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for ErasurePayload {
    type Node = Erasure;

    const VIEWS: &'static [&'static str] = &["erasures"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Erasure>> {
        loader::erasure(cx, ErasureId(stream)).await
    }

    fn of(told: Told<Erasure>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            erasure: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Who is to be erased.
#[derive(Default)]
pub(in crate::graphql) struct ErasureMutation;

/// Who is to be erased.
#[Object]
impl ErasureMutation {
    /// Asks that what is known of a person become unreadable for ever. Somebody else decides.
    #[graphql(guard = "SignedIn")]
    async fn erasure_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whom, with which right, and why.")] input: ErasureRequestInput,
    ) -> Result<ErasurePayload> {
        run(cx, input).await
    }

    /// Says yes to an erasure that somebody else asked for. Annals carries it out.
    #[graphql(guard = "SignedIn")]
    async fn erasure_approve(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which erasure.")] input: ErasureApproveInput,
    ) -> Result<ErasurePayload> {
        run(cx, input).await
    }

    /// Says no to an erasure, also after somebody said yes and until it has begun.
    #[graphql(guard = "SignedIn")]
    async fn erasure_refuse(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which erasure, and what the law says for it.")] input: ErasureRefuseInput,
    ) -> Result<ErasurePayload> {
        run(cx, input).await
    }

    /// Takes back what you asked for, until it has begun.
    #[graphql(guard = "SignedIn")]
    async fn erasure_withdraw(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which erasure.")] input: ErasureWithdrawInput,
    ) -> Result<ErasurePayload> {
        run(cx, input).await
    }
}
