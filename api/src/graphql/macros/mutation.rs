//! The verbs of macros.

use async_graphql::{Context, Object, Result, SimpleObject};
use domain::kernel::MacroId;
use uuid::Uuid;

use super::Macro;
use super::apply::{TicketApplyMacroInput, apply};
use super::input::{MacroDefineInput, MacroRedefineInput, MacroRetireInput};
use crate::graphql::access::SignedIn;
use crate::graphql::command::{Payload, Told, run};
use crate::graphql::loader;
use crate::graphql::refusal::UserError;
use crate::graphql::scalar::Position;
use crate::graphql::ticket::TicketPayload;

/// What became of a command on a macro.
#[derive(SimpleObject)]
pub(super) struct MacroPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// The macro as it is now; null when the command was refused, and when the read side has not
    /// caught up within two seconds: then read it again after `position`.
    #[graphql(name = "macro")]
    it: Option<Macro>,
    /// Why nothing was done; empty when it was done, or was so already.
    user_errors: Vec<UserError>,
    /// Where the change stands in the log; null when nothing changed.
    position: Option<Position>,
    /// Whether this is the answer to an earlier command with the same idempotency key.
    replayed: bool,
}

impl Payload for MacroPayload {
    type Node = Macro;

    const VIEWS: &'static [&'static str] = &["macros"];

    async fn read(cx: &Context<'_>, stream: Uuid) -> Result<Option<Macro>> {
        loader::macro_of(cx, MacroId(stream)).await
    }

    fn of(told: Told<Macro>) -> Self {
        Self {
            client_mutation_id: told.client_mutation_id,
            it: told.node,
            user_errors: told.user_errors,
            position: told.position,
            replayed: told.replayed,
        }
    }
}

/// What is done to tickets in one go.
#[derive(Default)]
pub(in crate::graphql) struct MacroMutation;

/// What is done to tickets in one go.
#[Object]
impl MacroMutation {
    /// Defines a macro: it can be applied to tickets from now on.
    #[graphql(guard = "SignedIn")]
    async fn macro_define(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "What it is.")] input: MacroDefineInput,
    ) -> Result<MacroPayload> {
        run(cx, input).await
    }

    /// Says anew what a macro does.
    #[graphql(guard = "SignedIn")]
    async fn macro_redefine(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and what it is from now on.")] input: MacroRedefineInput,
    ) -> Result<MacroPayload> {
        run(cx, input).await
    }

    /// Retires a macro: it is not applied any more, and its name is free.
    #[graphql(guard = "SignedIn")]
    async fn macro_retire(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] input: MacroRetireInput,
    ) -> Result<MacroPayload> {
        run(cx, input).await
    }

    /// Does everything a macro does to a ticket, or nothing: a refusal tells in `meta` the `step` at
    /// fault, counted from 1. Each step goes by your rights. Without a reason of yours the macro's
    /// name is the reason.
    #[graphql(guard = "SignedIn")]
    async fn ticket_apply_macro(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "To which ticket, and which macro.")] input: TicketApplyMacroInput,
    ) -> Result<TicketPayload> {
        apply(cx, input).await
    }
}
