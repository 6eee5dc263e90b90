//! The verb of a service level plan.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::SlaPlanId;
use domain::sla_plan::SlaPlan as Known;
use uuid::Uuid;

use super::SlaPlan;
use super::input::SlaPlanDefineInput;
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::command::{NounInput, Payload, Told, refused, run};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::loader;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

/// What became of a command on a service level plan.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SlaPlanPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The plan as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    sla_plan: Option<SlaPlan>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for SlaPlanPayload {
    type Node = SlaPlan;

    const VIEWS: &'static [&'static str] = &["sla_plans"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<SlaPlan>> {
        loader::sla_plan(cx, SlaPlanId(stream)).await
    }

    fn of(told: Told<SlaPlan>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            sla_plan: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a service level plan.
#[derive(Default)]
pub(in crate::graphql) struct SlaPlanMutation;

/// Everything that changes a service level plan.
#[Object]
impl SlaPlanMutation {
    /// Defines a new service level plan, or the next version of one.
    #[graphql(guard = "SignedIn")]
    async fn sla_plan_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: SlaPlanDefineInput,
    ) -> Result<SlaPlanPayload> {
        // What is none yet would be defined under an identity of the caller's choice.
        if let Ok(Some(earlier)) = input.earlier()
            && allowed(cx, Permission::SlaPlanDefine).is_ok()
        {
            let loaded = services(cx)?.gateway.journal().load::<Known>(earlier.0).await;
            if loaded.map_err(internal)?.version == 0 {
                let absent = UserError::new(ErrorCode::InvalidId, "there is no such plan");
                let named = input.common().client_mutation_id.clone();
                return Ok(refused(named, absent.at("slaPlanId")));
            }
        }
        run(cx, input).await
    }
}
