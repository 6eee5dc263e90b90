//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::ResourceType;
use super::input::{DefineResourceTypeInput, RedefineResourceTypeInput, RetireResourceTypeInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a type.
#[derive(SimpleObject)]
pub(super) struct ResourceTypePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The type as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    resource_type: Option<ResourceType>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for ResourceTypePayload {
    type Node = ResourceType;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<ResourceType>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<ResourceType>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            resource_type: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What other systems have and Annals decides about.
#[derive(Default)]
pub(in crate::graphql) struct ResourceTypeMutation;

/// What other systems have and Annals decides about.
#[Object]
impl ResourceTypeMutation {
    /// Defines a type of resources of another system: roles and rules can name what is done with
    /// them.
    #[graphql(guard = "SignedIn")]
    async fn define_resource_type(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineResourceTypeInput,
    ) -> Result<ResourceTypePayload> {
        run(cx, input).await
    }

    /// Says anew what a type of resources is called, and adds to what can be done with them.
    #[graphql(guard = "SignedIn")]
    async fn redefine_resource_type(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")]
        input: RedefineResourceTypeInput,
    ) -> Result<ResourceTypePayload> {
        run(cx, input).await
    }

    /// Retires a type of resources: nobody may do anything with them any more, and its name is
    /// free.
    #[graphql(guard = "SignedIn")]
    async fn retire_resource_type(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireResourceTypeInput,
    ) -> Result<ResourceTypePayload> {
        run(cx, input).await
    }
}
