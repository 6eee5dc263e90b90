//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::access::Permission;
use projections::cis::At;
use uuid::Uuid;

use super::input::{
    ChangeAccessLimitsInput, ChooseAccessGovernanceInput, DrawAccessBoundaryInput,
    PrepareAccessEmergenciesInput, SetAccessPolicyRulesInput,
};
use super::query::read;
use super::types::AccessPolicy;
use crate::graphql::access::{SignedIn, reads_all};
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on the policy.
#[derive(SimpleObject)]
pub(super) struct AccessPolicyPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The policy as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    access_policy: Option<AccessPolicy>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for AccessPolicyPayload {
    type Node = AccessPolicy;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, _stream: Uuid) -> Result<Option<AccessPolicy>> {
        if !reads_all(cx, Permission::RoleRead) {
            return Ok(None);
        }
        read(cx, At::Now).await.map(Some)
    }

    fn of(told: Told<AccessPolicy>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            access_policy: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// The policy of access.
#[derive(Default)]
pub(in crate::graphql) struct AccessPolicyMutation;

/// The policy of access.
#[Object]
impl AccessPolicyMutation {
    /// Says which stages requests go through, all rules at once; what is under way goes on as
    /// planned.
    #[graphql(guard = "SignedIn")]
    async fn set_access_policy_rules(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "All rules.")] input: SetAccessPolicyRulesInput,
    ) -> Result<AccessPolicyPayload> {
        run(cx, input).await
    }

    /// Chooses who is asked for exceptions and when nobody else is there, and who answers for roles
    /// that are nobody's.
    #[graphql(guard = "SignedIn")]
    async fn choose_access_governance(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Who.")] input: ChooseAccessGovernanceInput,
    ) -> Result<AccessPolicyPayload> {
        run(cx, input).await
    }

    /// Changes how much is asked for and allowed.
    #[graphql(guard = "SignedIn")]
    async fn change_access_limits(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "How much.")] input: ChangeAccessLimitsInput,
    ) -> Result<AccessPolicyPayload> {
        run(cx, input).await
    }

    /// Draws a boundary that no subject of a sort goes beyond, whatever is granted; or takes it
    /// away.
    #[graphql(guard = "SignedIn")]
    async fn draw_access_boundary(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which sort, and what they do at most.")] input: DrawAccessBoundaryInput,
    ) -> Result<AccessPolicyPayload> {
        run(cx, input).await
    }

    /// Says which roles can be taken in an emergency, and by whose people. Whoever does may give
    /// them.
    #[graphql(guard = "SignedIn")]
    async fn prepare_access_emergencies(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "All of them.")] input: PrepareAccessEmergenciesInput,
    ) -> Result<AccessPolicyPayload> {
        run(cx, input).await
    }
}
