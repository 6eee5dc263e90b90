//! Applying a macro: everything it does to a ticket is one append.

use async_graphql::{Context, ID, InputObject, Result};
use domain::conversation::ConversationCommand;
use domain::conversation::command::{Note, Reply};
use domain::kernel::{CommentId, MacroId, Refused, TicketId};
use domain::macros::state::Body;
use domain::macros::{Macro, MacroRefusal, MacroStep};
use domain::ticket::TicketCommand;
use domain::ticket::command::{
    Assign, Pend, Pressing, Prioritize, Resolve, Resume, StartWork, StopWork,
};
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::{Tag, Untag};
use serde_json::json;
use uuid::Uuid;

use crate::gateway::Step;
use crate::graphql::access::{may_apply, working_caller};
use crate::graphql::command::refused;
use crate::graphql::context::services;
use crate::graphql::error::internal;
use crate::graphql::input::single;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::TicketPayload;
use crate::graphql::ticket::steps::{Steps, perform};

/// A ticket, and what is done to it in one go.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketApplyMacroInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which macro.
    macro_id: ID,
    #[graphql(flatten)]
    common: Common,
}

/// Applies the macro as it is now, not as a view may still show it.
pub(super) async fn apply(cx: &Context<'_>, input: TicketApplyMacroInput) -> Result<TicketPayload> {
    working_caller(cx)?;
    let input_hash = input_hash("TicketApplyMacroInput", &input);
    let mut common = input.common;
    let ids = single::<TicketId>("ticketId", &input.ticket_id)
        .and_then(|ticket| Ok((ticket, single::<MacroId>("macroId", &input.macro_id)?)));
    let (ticket, id) = match ids {
        Ok(ids) => ids,
        Err(error) => return Ok(refused(common.client_mutation_id, error)),
    };
    let gateway = &services(cx)?.gateway;
    let found = gateway.journal().load::<Macro>(id.0).await.map_err(internal)?.state.0;
    let Some(body) = found.filter(|body| !body.retired && may_apply(cx, body.unit)) else {
        let absent = UserError::refused(Refused::from(MacroRefusal::NotFound))?.at("macroId");
        return Ok(refused(common.client_mutation_id, absent));
    };
    common.reason = common.reason.or_else(|| Some(body.name.clone()));
    let steps = steps_of(body, ticket, || gateway.new_id());
    perform(cx, steps, (common, input_hash)).await
}

fn steps_of(body: Body, ticket: TicketId, fresh: impl Fn() -> Uuid) -> Steps {
    let steps = body.steps.into_iter().map(|step| on(ticket, step, CommentId(fresh())));
    Steps { ticket, steps: steps.collect(), at_step: |step, error| error.with("step", json!(step)) }
}

fn on(ticket: TicketId, step: MacroStep, comment: CommentId) -> Step {
    let verb = |command| Step::Ticket(ticket, command);
    let says = |command| Step::Conversation(ticket, command);
    let mentions = Default::default;
    match step {
        MacroStep::StartWork => verb(TicketCommand::StartWork(StartWork { holder: None })),
        MacroStep::StopWork => verb(TicketCommand::StopWork(StopWork {})),
        MacroStep::Assign { unit } => {
            verb(TicketCommand::Assign(Assign { unit, assignees: Default::default(), note: None }))
        }
        MacroStep::Prioritize { priority } => {
            let pressing = Pressing::Decreed(priority);
            verb(TicketCommand::Prioritize(Prioritize { pressing }))
        }
        MacroStep::Pend { pending_reason } => {
            verb(TicketCommand::Pend(Pend { pending_reason, until: None }))
        }
        MacroStep::Resume => verb(TicketCommand::Resume(Resume {})),
        MacroStep::Resolve { code, solution } => {
            let resolve = Resolve { code: Some(code), solution: Some(solution) };
            verb(TicketCommand::Resolve(resolve))
        }
        MacroStep::Reply { body } => {
            says(ConversationCommand::Reply(Reply { ticket, comment, body, mentions: mentions() }))
        }
        MacroStep::Note { body } => {
            says(ConversationCommand::Note(Note { ticket, comment, body, mentions: mentions() }))
        }
        MacroStep::Tag { tag } => {
            Step::Dossier(ticket, TicketDossierCommand::Tag(Tag { ticket, tag }))
        }
        MacroStep::Untag { tag } => {
            Step::Dossier(ticket, TicketDossierCommand::Untag(Untag { ticket, tag }))
        }
    }
}
