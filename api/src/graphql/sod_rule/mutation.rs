//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::SodRule;
use super::input::{DefineSodRuleInput, RedefineSodRuleInput, RetireSodRuleInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a rule.
#[derive(SimpleObject)]
pub(super) struct SodRulePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The rule as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    sod_rule: Option<SodRule>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for SodRulePayload {
    type Node = SodRule;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<SodRule>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<SodRule>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            sod_rule: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What one human must not have, or do, together.
#[derive(Default)]
pub(in crate::graphql) struct SodRuleMutation;

/// What one human must not have, or do, together.
#[Object]
impl SodRuleMutation {
    /// Defines a rule of segregation of duties. Who breaks it already keeps what they have, unless
    /// it takes that back.
    #[graphql(guard = "SignedIn")]
    async fn define_sod_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineSodRuleInput,
    ) -> Result<SodRulePayload> {
        run(cx, input).await
    }

    /// Says anew what a rule of segregation of duties is, completely. Nobody changes one that keeps
    /// something from them.
    #[graphql(guard = "SignedIn")]
    async fn redefine_sod_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: RedefineSodRuleInput,
    ) -> Result<SodRulePayload> {
        run(cx, input).await
    }

    /// Retires a rule of segregation of duties: it separates nothing any more, and its name is
    /// free.
    #[graphql(guard = "SignedIn")]
    async fn retire_sod_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireSodRuleInput,
    ) -> Result<SodRulePayload> {
        run(cx, input).await
    }
}
