//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::AssignmentRule;
use super::input::{
    ConfirmAssignmentRuleInput, DeclineAssignmentRuleInput, DefineAssignmentRuleInput,
    RedefineAssignmentRuleInput, RetireAssignmentRuleInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a rule.
#[derive(SimpleObject)]
pub(super) struct AssignmentRulePayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The rule as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    assignment_rule: Option<AssignmentRule>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for AssignmentRulePayload {
    type Node = AssignmentRule;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<AssignmentRule>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<AssignmentRule>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            assignment_rule: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What whoever is of a population has.
#[derive(Default)]
pub(in crate::graphql) struct AssignmentRuleMutation;

/// What whoever is of a population has.
#[Object]
impl AssignmentRuleMutation {
    /// Defines a rule that grants by itself, having seen what comes of it. It is in force at once,
    /// or waits for a second person.
    #[graphql(guard = "SignedIn")]
    async fn define_assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineAssignmentRuleInput,
    ) -> Result<AssignmentRulePayload> {
        run(cx, input).await
    }

    /// Says anew what a rule grants by itself, having seen what comes of it. Until a second person
    /// has confirmed it, where that is asked for, what was in force stays so.
    #[graphql(guard = "SignedIn")]
    async fn redefine_assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")]
        input: RedefineAssignmentRuleInput,
    ) -> Result<AssignmentRulePayload> {
        run(cx, input).await
    }

    /// Confirms what somebody else proposed, having seen what comes of it: it is in force from now
    /// on.
    #[graphql(guard = "SignedIn")]
    async fn confirm_assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: ConfirmAssignmentRuleInput,
    ) -> Result<AssignmentRulePayload> {
        run(cx, input).await
    }

    /// Declines what waits; what is in force stays so.
    #[graphql(guard = "SignedIn")]
    async fn decline_assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: DeclineAssignmentRuleInput,
    ) -> Result<AssignmentRulePayload> {
        run(cx, input).await
    }

    /// Retires a rule: what it gave ends, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn retire_assignment_rule(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireAssignmentRuleInput,
    ) -> Result<AssignmentRulePayload> {
        run(cx, input).await
    }
}
