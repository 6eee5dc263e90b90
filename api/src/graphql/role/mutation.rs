//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::AccessRole;
use super::input::{DefineRoleInput, RedefineRoleInput, RetireRoleInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a role.
#[derive(SimpleObject)]
pub(super) struct RolePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The role as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    role: Option<AccessRole>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for RolePayload {
    type Node = AccessRole;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<AccessRole>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<AccessRole>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            role: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Roles: permissions under one name.
#[derive(Default)]
pub(in crate::graphql) struct RoleMutation;

/// Roles: permissions under one name.
#[Object]
impl RoleMutation {
    /// Defines a role: it can be granted from now on. Nobody puts into it what they do not hold
    /// themselves.
    #[graphql(guard = "SignedIn")]
    async fn define_role(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineRoleInput,
    ) -> Result<RolePayload> {
        run(cx, input).await
    }

    /// Says anew what a role is, completely, for everybody who has it. Nobody changes a role that
    /// they hold.
    #[graphql(guard = "SignedIn")]
    async fn redefine_role(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: RedefineRoleInput,
    ) -> Result<RolePayload> {
        run(cx, input).await
    }

    /// Retires a role: it permits nothing any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn retire_role(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireRoleInput,
    ) -> Result<RolePayload> {
        run(cx, input).await
    }
}
