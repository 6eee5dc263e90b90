//! The verb of a source.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::{Refused, SyncSourceId};
use domain::sync_source::{SyncSource as Known, SyncSourceRefusal};
use uuid::Uuid;

use super::SyncSource;
use super::input::SyncSourceDefineInput;
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{NounInput, Payload, Told, refused, run};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a source.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SyncSourcePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The source as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    sync_source: Option<SyncSource>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for SyncSourcePayload {
    type Node = SyncSource;

    const VIEWS: &'static [&'static str] = &["sync_sources"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<SyncSource>> {
        loader::sync_source(cx, SyncSourceId(stream)).await
    }

    fn of(told: Told<SyncSource>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            sync_source: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a source.
#[derive(Default)]
pub(in crate::graphql) struct SyncSourceMutation;

/// Everything that changes a source.
#[Object]
impl SyncSourceMutation {
    /// Defines a new source that sends items, or anew one that is there.
    #[graphql(guard = "SignedIn")]
    async fn sync_source_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: SyncSourceDefineInput,
    ) -> Result<SyncSourcePayload> {
        // What is none yet would be defined under an identity of the caller's choice.
        if let Ok(Some(earlier)) = input.earlier()
            && allowed(cx, Permission::SyncSourceDefine).is_ok()
            && known(cx, earlier).await?.0.is_none()
        {
            let absent = UserError::refused(Refused::from(SyncSourceRefusal::NotFound))?;
            let named = input.common().client_mutation_id.clone();
            return Ok(refused(named, absent.at("syncSourceId")));
        }
        run(cx, input).await
    }
}

/// The source as its stream has it.
async fn known(cx: &Context<'_>, id: SyncSourceId) -> Result<Known> {
    let loaded = services(cx)?.gateway.journal().load::<Known>(id.0).await;
    Ok(loaded.map_err(internal)?.state)
}
