//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::DenyRule;
use super::input::{DefineDenyRuleInput, RedefineDenyRuleInput, RetireDenyRuleInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a rule.
#[derive(SimpleObject)]
pub(super) struct DenyRulePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The rule as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    deny_rule: Option<DenyRule>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for DenyRulePayload {
    type Node = DenyRule;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<DenyRule>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<DenyRule>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            deny_rule: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What somebody may not do, whatever they were granted.
#[derive(Default)]
pub(in crate::graphql) struct DenyRuleMutation;

/// What somebody may not do, whatever they were granted.
#[Object]
impl DenyRuleMutation {
    /// Defines a rule that denies: it holds from the next request on.
    #[graphql(guard = "SignedIn")]
    async fn define_deny_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineDenyRuleInput,
    ) -> Result<DenyRulePayload> {
        run(cx, input).await
    }

    /// Says anew what a rule denies, completely. Nobody changes one that keeps something from them.
    #[graphql(guard = "SignedIn")]
    async fn redefine_deny_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: RedefineDenyRuleInput,
    ) -> Result<DenyRulePayload> {
        run(cx, input).await
    }

    /// Retires a rule that denies: it denies nothing any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn retire_deny_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireDenyRuleInput,
    ) -> Result<DenyRulePayload> {
        run(cx, input).await
    }
}
