//! The verbs of an access request.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::AccessRequestId;
use uuid::Uuid;

use super::AccessRequest;
use super::input::{
    AmendAccessRequestInput, AnswerAccessRequestInput, ApproveAccessRequestInput,
    AskAboutAccessRequestInput, DelegateApprovalInput, ReassignApprovalInput,
    RejectAccessRequestInput, RequestAccessInput, WithdrawAccessRequestInput,
};
use crate::graphql::access::{SignedIn, working_caller};
use crate::graphql::command::{Answer, NounInput, Payload, Told, perform_one, run, told};
use crate::graphql::context::{services, visit};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;
use crate::workers::access::{Approved, activate};

/// What became of a command on an access request.
#[derive(SimpleObject)]
pub(super) struct AccessRequestPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The request as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    access_request: Option<AccessRequest>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for AccessRequestPayload {
    type Node = AccessRequest;

    const VIEWS: &'static [&'static str] = &["access_requests", "access_grants"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<AccessRequest>> {
        loader::access_request(cx, AccessRequestId(stream)).await
    }

    fn of(told: Told<AccessRequest>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            access_request: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// Everything that people ask for, and decide.
#[derive(Default)]
pub(in crate::graphql) struct AccessRequestMutation;

/// Everything that people ask for, and decide.
#[Object]
impl AccessRequestMutation {
    /// Asks for access. Who decides is made up at once, and shown.
    #[graphql(guard = "SignedIn")]
    async fn request_access(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "For whom, what and why.")] input: RequestAccessInput,
    ) -> Result<AccessRequestPayload> {
        deciding(cx, input).await
    }

    /// Says yes, from a seat of yours; with the last yes that it takes the access is there, unless it
    /// begins later.
    #[graphql(guard = "SignedIn")]
    async fn approve_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: ApproveAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        deciding(cx, input).await
    }

    /// Says no, from a seat of yours, and why.
    #[graphql(guard = "SignedIn")]
    async fn reject_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, and why not.")] input: RejectAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }

    /// Asks whoever asked; the time goes on.
    #[graphql(guard = "SignedIn")]
    async fn ask_about_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, and what you want to know.")]
        input: AskAboutAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }

    /// Answers the last question about a request of yours.
    #[graphql(guard = "SignedIn")]
    async fn answer_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, and the answer.")] input: AnswerAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }

    /// Gives your seat to somebody who could vote.
    #[graphql(guard = "SignedIn")]
    async fn delegate_approval(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, and to whom.")] input: DelegateApprovalInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }

    /// Gives the seat of somebody who cannot vote to somebody who could.
    #[graphql(guard = "SignedIn")]
    async fn reassign_approval(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, which seat, and to whom.")] input: ReassignApprovalInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }

    /// Asks for something else than before: all votes are void, and who decides is made up anew.
    #[graphql(guard = "SignedIn")]
    async fn amend_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request, and what is wanted.")] input: AmendAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        deciding(cx, input).await
    }

    /// Withdraws a request of yours before the access is there.
    #[graphql(guard = "SignedIn")]
    async fn withdraw_access_request(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which request.")] input: WithdrawAccessRequestInput,
    ) -> Result<AccessRequestPayload> {
        run(cx, input).await
    }
}

/// The same as [`run`]; and what is approved by it is given in the same breath. If that cannot be
/// done now, it is done as soon as it can: what was decided stands.
async fn deciding<I: NounInput<Payload = AccessRequestPayload>>(
    cx: &Context<'_>,
    input: I,
) -> Result<AccessRequestPayload> {
    let named = input.common().client_mutation_id.clone();
    let mut answer = perform_one(cx, input).await?;
    if let Answer::Done(stream, receipt) = &mut answer {
        let person = working_caller(cx)?.person.as_ref();
        let approved = Approved {
            request: AccessRequestId(*stream),
            owner: person.map(|person| person.who.person),
            correlation_id: visit(cx).map(|visit| visit.correlation_id),
        };
        match Box::pin(activate(&services(cx)?.gateway, approved)).await {
            // The payload is read behind what came of it.
            Ok(token) => receipt.token = token.or(receipt.token),
            Err(error) => tracing::warn!(%error, "what was approved is given later"),
        }
    }
    told(cx, named, answer).await
}
