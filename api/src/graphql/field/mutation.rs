//! The verbs of custom fields.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::FieldId;
use uuid::Uuid;

use super::CustomField;
use super::input::{CustomFieldDefineInput, CustomFieldRedefineInput, CustomFieldRetireInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a custom field.
#[derive(SimpleObject)]
pub(super) struct CustomFieldPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The custom field as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    custom_field: Option<CustomField>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for CustomFieldPayload {
    type Node = CustomField;

    const VIEWS: &'static [&'static str] = &["custom_fields"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<CustomField>> {
        loader::custom_field(cx, FieldId(stream)).await
    }

    fn of(told: Told<CustomField>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            custom_field: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What tickets say besides.
#[derive(Default)]
pub(in crate::graphql) struct CustomFieldMutation;

/// What tickets say besides.
#[Object]
impl CustomFieldMutation {
    /// Defines a custom field: tickets of some kinds have it from now on.
    #[graphql(guard = "SignedIn")]
    async fn custom_field_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: CustomFieldDefineInput,
    ) -> Result<CustomFieldPayload> {
        run(cx, input).await
    }

    /// Says anew what a custom field is, but for its form; what is filled in stays.
    #[graphql(guard = "SignedIn")]
    async fn custom_field_redefine(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: CustomFieldRedefineInput,
    ) -> Result<CustomFieldPayload> {
        run(cx, input).await
    }

    /// Retires a custom field: it is not filled in any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn custom_field_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: CustomFieldRetireInput,
    ) -> Result<CustomFieldPayload> {
        run(cx, input).await
    }
}
