//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::AccessTemplate;
use super::input::{
    DefineAccessTemplateInput, RedefineAccessTemplateInput, RetireAccessTemplateInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a template.
#[derive(SimpleObject)]
pub(super) struct AccessTemplatePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The template as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    access_template: Option<AccessTemplate>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for AccessTemplatePayload {
    type Node = AccessTemplate;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<AccessTemplate>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<AccessTemplate>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            access_template: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What is granted together.
#[derive(Default)]
pub(in crate::graphql) struct AccessTemplateMutation;

/// What is granted together.
#[Object]
impl AccessTemplateMutation {
    /// Defines a template of grants: it can be asked for from now on.
    #[graphql(guard = "SignedIn")]
    async fn define_access_template(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineAccessTemplateInput,
    ) -> Result<AccessTemplatePayload> {
        run(cx, input).await
    }

    /// Says anew what a template grants, completely; what was granted by it stays.
    #[graphql(guard = "SignedIn")]
    async fn redefine_access_template(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")]
        input: RedefineAccessTemplateInput,
    ) -> Result<AccessTemplatePayload> {
        run(cx, input).await
    }

    /// Retires a template: nothing is granted by it any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn retire_access_template(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireAccessTemplateInput,
    ) -> Result<AccessTemplatePayload> {
        run(cx, input).await
    }
}
