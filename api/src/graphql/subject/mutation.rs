//! The verbs of a subject. Each is its input and its command; what they share is [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::SubjectId;
use uuid::Uuid;

use super::Subject;
use super::input::{
    SubjectChooseDefaultsInput, SubjectCreateInput, SubjectRenameInput, SubjectRestoreInput,
    SubjectRetireInput,
};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run, run_steps};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;

/// What became of a command on a subject.
#[derive(SimpleObject)]
pub(in crate::graphql) struct SubjectPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The subject as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    subject: Option<Subject>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for SubjectPayload {
    type Node = Subject;

    const VIEWS: &'static [&'static str] = &["subjects"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Subject>> {
        loader::subject(cx, SubjectId(stream)).await
    }

    fn of(told: Told<Subject>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            subject: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that changes a subject.
#[derive(Default)]
pub(in crate::graphql) struct SubjectMutation;

/// Everything that changes a subject.
#[Object]
impl SubjectMutation {
    /// Creates a subject, with how tickets about it start.
    #[graphql(guard = "SignedIn")]
    async fn subject_create(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: SubjectCreateInput,
    ) -> Result<SubjectPayload> {
        run_steps(cx, input).await
    }

    /// Gives a subject another name.
    #[graphql(guard = "SignedIn")]
    async fn subject_rename(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which subject, and the name.")] input: SubjectRenameInput,
    ) -> Result<SubjectPayload> {
        run(cx, input).await
    }

    /// Chooses how tickets about a subject start.
    #[graphql(guard = "SignedIn")]
    async fn subject_choose_defaults(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which subject, and how.")] input: SubjectChooseDefaultsInput,
    ) -> Result<SubjectPayload> {
        run(cx, input).await
    }

    /// Lets no new ticket be about a subject; it keeps its name.
    #[graphql(guard = "SignedIn")]
    async fn subject_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which subject.")] input: SubjectRetireInput,
    ) -> Result<SubjectPayload> {
        run(cx, input).await
    }

    /// Lets new tickets be about a retired subject again.
    #[graphql(guard = "SignedIn")]
    async fn subject_restore(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which subject.")] input: SubjectRestoreInput,
    ) -> Result<SubjectPayload> {
        run(cx, input).await
    }
}
