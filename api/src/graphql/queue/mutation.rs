//! The verbs of a saved queue.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::QueueId;
use uuid::Uuid;

use super::input::{QueueRemoveInput, QueueSaveInput};
use super::list;
use super::types::Queue;
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::id::encode_queue;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a queue.
#[derive(SimpleObject)]
pub(super) struct QueuePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The queue as it is now; null when the command was refused or removed it, and when the read
    /// side has not caught up within two seconds: then read it again after `position`.
    queue: Option<Queue>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for QueuePayload {
    type Node = Queue;

    const VIEWS: &'static [&'static str] = &["queues"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Queue>> {
        let known = list::by_key(cx, &encode_queue(QueueId(stream))).await?;
        Ok(list::shown(cx, known.into_iter().collect()).pop())
    }

    fn of(told: Told<Queue>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            queue: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a saved queue.
#[derive(Default)]
pub(in crate::graphql) struct QueueMutation;

/// Everything that changes a saved queue.
#[Object]
impl QueueMutation {
    /// Saves a list under a name, or arranges one anew.
    #[graphql(guard = "SignedIn")]
    async fn queue_save(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it shows, and to whom.")] input: QueueSaveInput,
    ) -> Result<QueuePayload> {
        run(cx, input).await
    }

    /// Removes a saved queue for good; its tickets stay.
    #[graphql(guard = "SignedIn")]
    async fn queue_remove(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which queue.")] input: QueueRemoveInput,
    ) -> Result<QueuePayload> {
        run(cx, input).await
    }
}
