//! The verbs of a unit. Each is its input and its command; what they share is [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::UnitId;
use uuid::Uuid;

use super::Unit;
use super::input::{
    UnitAppointHeadInput, UnitAppointLeadInput, UnitChooseRoutingInput, UnitCloseInput,
    UnitCreateInput, UnitDismissHeadInput, UnitDrawBarrierInput, UnitJoinInput, UnitLeaveInput,
    UnitLiftBarrierInput, UnitRenameInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run, run_steps};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a unit.
#[derive(SimpleObject)]
pub(in crate::graphql) struct UnitPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The unit as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    unit: Option<Unit>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for UnitPayload {
    type Node = Unit;

    const VIEWS: &'static [&'static str] = &["units", "people"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Unit>> {
        loader::unit(cx, UnitId(stream)).await
    }

    fn of(told: Told<Unit>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            unit: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a unit.
#[derive(Default)]
pub(in crate::graphql) struct UnitMutation;

/// Everything that changes a unit.
#[Object]
impl UnitMutation {
    /// Creates a unit with its heads or its lead: all of it, or nothing.
    #[graphql(guard = "SignedIn")]
    async fn unit_create(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: UnitCreateInput,
    ) -> Result<UnitPayload> {
        run_steps(cx, input).await
    }

    /// Gives a unit another name.
    #[graphql(guard = "SignedIn")]
    async fn unit_rename(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and the name.")] input: UnitRenameInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Lets staff belong to a unit.
    #[graphql(guard = "SignedIn")]
    async fn unit_join(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and who.")] input: UnitJoinInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Takes somebody out of a unit; a head stops being head by that.
    #[graphql(guard = "SignedIn")]
    async fn unit_leave(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and who.")] input: UnitLeaveInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Lets one of the unit's people head it, beside others.
    #[graphql(guard = "SignedIn")]
    async fn unit_appoint_head(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and who.")] input: UnitAppointHeadInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Lets somebody head the unit no longer.
    #[graphql(guard = "SignedIn")]
    async fn unit_dismiss_head(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and who.")] input: UnitDismissHeadInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Lets a client speak for a customer organisation, instead of whoever did.
    #[graphql(guard = "SignedIn")]
    async fn unit_appoint_lead(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which organisation, and who.")] input: UnitAppointLeadInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Chooses how a unit's new tickets find their people.
    #[graphql(guard = "SignedIn")]
    async fn unit_choose_routing(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and which way.")] input: UnitChooseRoutingInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Closes a unit without people, for ever.
    #[graphql(guard = "SignedIn")]
    async fn unit_close(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit.")] input: UnitCloseInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Draws a barrier at a unit: what is granted above it ends there, unless it pierces barriers.
    /// Refused when nobody would be left who may give access behind it.
    #[graphql(guard = "SignedIn")]
    async fn unit_draw_barrier(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit, and against what.")] input: UnitDrawBarrierInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }

    /// Lifts a unit's barrier. Refused to whoever would come to have more by it.
    #[graphql(guard = "SignedIn")]
    async fn unit_lift_barrier(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which unit.")] input: UnitLiftBarrierInput,
    ) -> Result<UnitPayload> {
        run(cx, input).await
    }
}
