//! The verbs of templates.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::TemplateId;
use uuid::Uuid;

use super::Template;
use super::input::{TemplateDefineInput, TemplateRedefineInput, TemplateRetireInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a template.
#[derive(SimpleObject)]
pub(super) struct TemplatePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The template as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    template: Option<Template>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for TemplatePayload {
    type Node = Template;

    const VIEWS: &'static [&'static str] = &["templates"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Template>> {
        loader::template(cx, TemplateId(stream)).await
    }

    fn of(told: Told<Template>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            template: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What tickets of a sort start with.
#[derive(Default)]
pub(in crate::graphql) struct TemplateMutation;

/// What tickets of a sort start with.
#[Object]
impl TemplateMutation {
    /// Defines a template: tickets can be opened from it from now on.
    #[graphql(guard = "SignedIn")]
    async fn template_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: TemplateDefineInput,
    ) -> Result<TemplatePayload> {
        run(cx, input).await
    }

    /// Says anew what a template is.
    #[graphql(guard = "SignedIn")]
    async fn template_redefine(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: TemplateRedefineInput,
    ) -> Result<TemplatePayload> {
        run(cx, input).await
    }

    /// Retires a template: no ticket is opened from it any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn template_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: TemplateRetireInput,
    ) -> Result<TemplatePayload> {
        run(cx, input).await
    }
}
