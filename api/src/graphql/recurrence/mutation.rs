//! The verbs of a recurrence.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::{RecurrenceId, Refused};
use domain::recurrence::{Recurrence as Known, RecurrenceRefusal};
use uuid::Uuid;

use super::Recurrence;
use super::input::{RecurrenceDefineInput, RecurrenceStopInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{NounInput, Payload, Told, refused, run};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a recurrence.
#[derive(SimpleObject)]
pub(in crate::graphql) struct RecurrencePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The recurrence as it is now; null when the command was refused, and when the read side has
    /// not caught up within two seconds: then read it again after `position`.
    recurrence: Option<Recurrence>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for RecurrencePayload {
    type Node = Recurrence;

    const VIEWS: &'static [&'static str] = &["recurrences"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Recurrence>> {
        loader::recurrence(cx, RecurrenceId(stream)).await
    }

    fn of(told: Told<Recurrence>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            recurrence: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a recurrence.
#[derive(Default)]
pub(in crate::graphql) struct RecurrenceMutation;

/// Everything that changes a recurrence.
#[Object]
impl RecurrenceMutation {
    /// Lets a ticket be opened again and again, or otherwise than before; for directors, and for
    /// heads of the unit that is named.
    #[graphql(guard = "SignedIn")]
    async fn recurrence_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What is opened when.")] input: RecurrenceDefineInput,
    ) -> Result<RecurrencePayload> {
        // What is none yet would be defined under an identity of the caller's choice.
        if let Ok(Some(earlier)) = input.earlier() {
            let loaded = services(cx)?.gateway.journal().load::<Known>(earlier.0).await;
            if loaded.map_err(internal)?.version == 0 {
                let absent = UserError::refused(Refused::from(RecurrenceRefusal::NotFound))?;
                let named = input.common().client_mutation_id.clone();
                return Ok(refused(named, absent.at("recurrenceId")));
            }
        }
        run(cx, input).await
    }

    /// Lets nothing be opened by a recurrence until it is defined anew; for those who may define it.
    #[graphql(guard = "SignedIn")]
    async fn recurrence_stop(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which recurrence.")] input: RecurrenceStopInput,
    ) -> Result<RecurrencePayload> {
        run(cx, input).await
    }
}
