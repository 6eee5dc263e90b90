//! The verbs of a hold on evidence.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::EvidenceHoldId;
use uuid::Uuid;

use super::EvidenceHold;
use super::input::{EvidenceHoldLiftInput, EvidenceHoldPlaceInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a hold on evidence.
#[derive(SimpleObject)]
pub(super) struct EvidenceHoldPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The hold as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    evidence_hold: Option<EvidenceHold>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for EvidenceHoldPayload {
    type Node = EvidenceHold;

    const VIEWS: &'static [&'static str] = &["evidence_holds"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<EvidenceHold>> {
        loader::evidence_hold(cx, EvidenceHoldId(stream)).await
    }

    fn of(told: Told<EvidenceHold>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            evidence_hold: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What is kept from being erased.
#[derive(Default)]
pub(in crate::graphql) struct EvidenceHoldMutation;

/// What is kept from being erased.
#[Object]
impl EvidenceHoldMutation {
    /// Keeps what a person wrote, or what anybody wrote in a ticket, from being erased.
    #[graphql(guard = "SignedIn")]
    async fn evidence_hold_place(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "On what, why, and until when.")] input: EvidenceHoldPlaceInput,
    ) -> Result<EvidenceHoldPayload> {
        run(cx, input).await
    }

    /// Lets what was held be erased again.
    #[graphql(guard = "SignedIn")]
    async fn evidence_hold_lift(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which hold, and why.")] input: EvidenceHoldLiftInput,
    ) -> Result<EvidenceHoldPayload> {
        run(cx, input).await
    }
}
