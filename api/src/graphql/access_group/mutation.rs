//! The verbs of it.

use async_graphql::{Context, Object, Result, SimpleObject};
use projections::cis::At;
use uuid::Uuid;

use super::AccessGroup;
use super::input::{
    AddAccessGroupMemberInput, ChooseAccessGroupPopulationInput, DefineAccessGroupInput,
    RedefineAccessGroupInput, RemoveAccessGroupMemberInput, RetireAccessGroupInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::definition;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a group.
#[derive(SimpleObject)]
pub(super) struct AccessGroupPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The group as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    access_group: Option<AccessGroup>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for AccessGroupPayload {
    type Node = AccessGroup;

    const VIEWS: &'static [&'static str] = &[definition::MODEL];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<AccessGroup>> {
        definition::one(cx, stream, At::Now).await
    }

    fn of(told: Told<AccessGroup>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            access_group: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Groups of those who have access.
#[derive(Default)]
pub(in crate::graphql) struct AccessGroupMutation;

/// Groups of those who have access.
#[Object]
impl AccessGroupMutation {
    /// Defines a group; nobody belongs to it yet.
    #[graphql(guard = "SignedIn")]
    async fn define_access_group(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is to be.")] input: DefineAccessGroupInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }

    /// Says anew what a group is called, is for, and who answers for it; who belongs to it stays.
    #[graphql(guard = "SignedIn")]
    async fn redefine_access_group(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: RedefineAccessGroupInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }

    /// Lets whoever is of a population belong to a group, besides those who were added; or nobody
    /// any more.
    #[graphql(guard = "SignedIn")]
    async fn choose_access_group_population(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and who.")] input: ChooseAccessGroupPopulationInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }

    /// Adds a person, a program or a group to a group. Whoever does may give what the group holds.
    #[graphql(guard = "SignedIn")]
    async fn add_access_group_member(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "To which one, and who.")] input: AddAccessGroupMemberInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }

    /// Takes a person, a program or a group out of a group.
    #[graphql(guard = "SignedIn")]
    async fn remove_access_group_member(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Out of which one, and who.")] input: RemoveAccessGroupMemberInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }

    /// Retires a group: nobody has anything through it any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn retire_access_group(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: RetireAccessGroupInput,
    ) -> Result<AccessGroupPayload> {
        run(cx, input).await
    }
}
