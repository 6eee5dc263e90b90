//! The verbs of a ticket. Each is its input and its command; what they share is
//! [`run`].

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::TicketId;
use domain::ticket_dossier::{Dossier, LinkKind};
use uuid::Uuid;

use super::children::{self, TicketChildOutcome};
use super::input::{
    ManyInput, SlaPlanApplyInput, TicketAssignInput, TicketCancelInput, TicketClassifyInput,
    TicketCloseInput, TicketEscalateInput, TicketInput, TicketMergeInput, TicketOpenInput,
    TicketPendInput, TicketPrioritizeInput, TicketReopenInput, TicketResolveInput,
    TicketResumeInput, TicketStartWorkInput, TicketStopWorkInput, merge_steps,
};
use super::many::{self, Item, TicketManyPayload};
use super::{Ticket, steps};
use crate::graphql::access::{SignedIn, sees_person};
use crate::graphql::command::{Answer, Order, Payload, Told, perform, refused, told};
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::id;
use crate::graphql::loader;
use crate::graphql::many::Answered;
use crate::graphql::payload::input_hash;
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

/// What became of a command on a ticket.
#[derive(SimpleObject)]
pub(in crate::graphql) struct TicketPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The ticket as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    ticket: Option<Ticket>,
    /// What became of each child of a ticket that was resolved; null for every other verb, and when
    /// the children follow in the background.
    children: Option<Vec<TicketChildOutcome>>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

/// Everything that changes a ticket.
#[derive(Default)]
pub(in crate::graphql) struct TicketMutation;

/// Everything that changes a ticket.
#[Object]
impl TicketMutation {
    /// Opens a ticket; given a unit or people it is assigned at once, else it is routed by its
    /// subject.
    #[graphql(guard = "SignedIn")]
    async fn ticket_open(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it says.")] input: TicketOpenInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Says better what a ticket is about, until it is over.
    #[graphql(guard = "SignedIn")]
    async fn ticket_classify(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and how.")] input: TicketClassifyInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Says better how pressing a ticket is.
    #[graphql(guard = "SignedIn")]
    async fn ticket_prioritize(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and how.")] input: TicketPrioritizeInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Gives a ticket to a unit, to people, or back to dispatch; from work in progress it is a
    /// forward and ends the hold.
    #[graphql(guard = "SignedIn")]
    async fn ticket_assign(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and to whom.")] input: TicketAssignInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Takes the hold. Only one has it at a time; the second is told who.
    #[graphql(guard = "SignedIn")]
    async fn ticket_start_work(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketStartWorkInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Gives the hold up; a head of the unit or a director may break another's.
    #[graphql(guard = "SignedIn")]
    async fn ticket_stop_work(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketStopWorkInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Lets a ticket wait for somebody else; ends the hold.
    #[graphql(guard = "SignedIn")]
    async fn ticket_pend(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and for what.")] input: TicketPendInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Ends the waiting; nobody holds the ticket then.
    #[graphql(guard = "SignedIn")]
    async fn ticket_resume(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketResumeInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Tells how a ticket was solved; only its holder does.
    #[graphql(guard = "SignedIn")]
    async fn ticket_resolve(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and how.")] input: TicketResolveInput,
    ) -> Result<TicketPayload> {
        resolve(cx, input).await
    }

    /// Takes a resolved or closed ticket up again; the last holder has it back.
    #[graphql(guard = "SignedIn")]
    async fn ticket_reopen(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketReopenInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Ends a resolved ticket.
    #[graphql(guard = "SignedIn")]
    async fn ticket_close(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketCloseInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Ends an open ticket without a solution.
    #[graphql(guard = "SignedIn")]
    async fn ticket_cancel(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket.")] input: TicketCancelInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Lifts an open ticket one tier, or to another unit.
    #[graphql(guard = "SignedIn")]
    async fn ticket_escalate(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and where to.")] input: TicketEscalateInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Measures a ticket by another service level plan, or by none any more, until it is over.
    #[graphql(guard = "SignedIn")]
    async fn sla_plan_apply(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which plan.")] input: SlaPlanApplyInput,
    ) -> Result<TicketPayload> {
        run(cx, input).await
    }

    /// Closes a ticket that says the same as another one, which goes on; both say so.
    #[graphql(guard = "SignedIn")]
    async fn ticket_merge(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which ticket, and which one goes on.")] input: TicketMergeInput,
    ) -> Result<TicketPayload> {
        merge(cx, input).await
    }

    /// Opens several tickets, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ticket_open_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What they say.")] input: ManyInput<TicketOpenInput>,
    ) -> Result<TicketManyPayload> {
        many::run(cx, input).await
    }

    /// Gives several tickets away, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ticket_assign_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets, and to whom.")] input: ManyInput<TicketAssignInput>,
    ) -> Result<TicketManyPayload> {
        many::run(cx, input).await
    }

    /// Says better how pressing several tickets are, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ticket_prioritize_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets, and how.")] input: ManyInput<TicketPrioritizeInput>,
    ) -> Result<TicketManyPayload> {
        many::run(cx, input).await
    }

    /// Ends several resolved tickets, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ticket_close_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets.")] input: ManyInput<TicketCloseInput>,
    ) -> Result<TicketManyPayload> {
        many::run(cx, input).await
    }

    /// Ends several open tickets without a solution, each by itself.
    #[graphql(guard = "SignedIn")]
    async fn ticket_cancel_many(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which tickets.")] input: ManyInput<TicketCancelInput>,
    ) -> Result<TicketManyPayload> {
        many::run(cx, input).await
    }
}

/// Reads the input and hands the command to the gateway.
pub(super) async fn act<I: TicketInput>(cx: &Context<'_>, input: I) -> Result<Answered> {
    let input_hash = input_hash(&I::type_name(), &input);
    let common = input.common().clone();
    let client_mutation_id = common.client_mutation_id.clone();
    let answer = match input.into_command() {
        Ok((ticket, command)) => {
            perform(cx, Order { command, stream: ticket.0, common, input_hash }).await?
        }
        Err(error) => Answer::Refused(error),
    };
    Ok((client_mutation_id, answer))
}

/// The same, waits for the views and reads the ticket.
async fn run(cx: &Context<'_>, item: impl Item) -> Result<TicketPayload> {
    let (client_mutation_id, answer) = item.done(cx).await?;
    told(cx, client_mutation_id, answer).await
}

/// The same for a resolution, which also tells what became of the ticket's children.
async fn resolve(cx: &Context<'_>, input: TicketResolveInput) -> Result<TicketPayload> {
    let (client_mutation_id, answer) = act(cx, input).await?;
    let children = match &answer {
        Answer::Done(parent, _) => children::resolved(cx, TicketId(*parent)).await?,
        Answer::Refused(_) => None,
    };
    let payload: TicketPayload = told(cx, client_mutation_id, answer).await?;
    Ok(TicketPayload { children, ..payload })
}

/// Lets one ticket go on in another's place.
async fn merge(cx: &Context<'_>, input: TicketMergeInput) -> Result<TicketPayload> {
    let input_hash = input_hash("TicketMergeInput", &input);
    let (ticket, into) = match input.tickets() {
        Ok(tickets) => tickets,
        Err(error) => return Ok(refused(input.common.client_mutation_id, error)),
    };
    let dossier = services(cx)?.gateway.journal().load::<Dossier>(ticket.0).await;
    let children = dossier.map_err(internal)?.state.linked(LinkKind::Child).collect();
    let merge = merge_steps((ticket, into), children);
    steps::perform(cx, merge, (input.common, input_hash)).await
}

impl Payload for TicketPayload {
    type Node = Ticket;

    const VIEWS: &'static [&'static str] = &["tickets", "conversation", "dossiers", "quality"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Ticket>> {
        loader::ticket(cx, TicketId(stream)).await
    }

    fn of(told: Told<Ticket>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            ticket: told.node,
            children: None,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }

    async fn refined(cx: &Context<'_>, error: UserError) -> Result<UserError> {
        let error = with_holder(cx, error).await?;
        without_hidden_target(cx, error).await
    }
}

/// Names the holder to those who may see them, and to nobody else.
async fn with_holder(cx: &Context<'_>, mut error: UserError) -> Result<UserError> {
    if error.code != ErrorCode::TicketHeld {
        return Ok(error);
    }
    let named = error.meta.as_ref().and_then(|meta| meta.0.get("holderId")?.as_str());
    let holder = named.and_then(|named| id::decode(&named.into()).ok());
    match holder.filter(|holder| sees_person(cx, *holder)) {
        None => error.meta = None,
        Some(holder) => {
            if let Some(person) = loader::person(cx, holder).await? {
                error = error.with("holderName", person.row.name.into());
            }
        }
    }
    Ok(error)
}

/// Where a ticket was merged into is told to those who may see that one.
async fn without_hidden_target(cx: &Context<'_>, mut error: UserError) -> Result<UserError> {
    let Some(meta) = error.meta.as_mut() else { return Ok(error) };
    let Some(into) = meta.0.get("intoId") else { return Ok(error) };
    let into = into.as_str().and_then(|into| id::decode(&into.into()).ok());
    let seen = match into {
        Some(into) => loader::ticket(cx, into).await?.is_some(),
        None => false,
    };
    if !seen {
        meta.0.remove("intoId");
        if meta.0.is_empty() {
            error.meta = None;
        }
    }
    Ok(error)
}
