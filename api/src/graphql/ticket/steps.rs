//! Verbs around a ticket: those of its conversation and its dossier, and several at once. Each is
//! steps of one append, and answers like the ticket's own verbs.

use async_graphql::{Context, InputType, Result};
use domain::kernel::{PersonId, TicketId};
use uuid::Uuid;

use super::TicketPayload;
use crate::gateway::Step;
use crate::graphql::access::working_caller;
use crate::graphql::command::{Order, perform_together, refused, told};
use crate::graphql::context::services;
use crate::graphql::payload::{Common, input_hash};
use crate::graphql::refusal::UserError;

/// What an input is told of the one who sends it.
pub(in crate::graphql) struct Sender {
    /// Who it is, if it is a person.
    pub(in crate::graphql) person: Option<PersonId>,
    /// An identity nothing has yet.
    pub(in crate::graphql) fresh: Uuid,
}

/// What an input around a ticket asks for.
pub(in crate::graphql) struct Steps {
    /// The ticket.
    pub(in crate::graphql) ticket: TicketId,
    /// All of them, or none.
    pub(in crate::graphql) steps: Vec<Step>,
    /// What a refusal of one of them, counted from 1, is to the sender.
    pub(in crate::graphql) at_step: fn(usize, UserError) -> UserError,
}

impl Steps {
    /// A single one, whose refusal is the sender's.
    pub(in crate::graphql) fn one(ticket: TicketId, step: Step) -> Self {
        Self { ticket, steps: vec![step], at_step: |_, error| error }
    }
}

/// An input that ends in steps.
pub(in crate::graphql) trait StepsInput: InputType {
    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The steps.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_steps(self, sender: &Sender) -> std::result::Result<Steps, UserError>;
}

/// Reads the input, hands its steps to the gateway, waits for the views and reads the ticket.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(in crate::graphql) async fn run<I: StepsInput>(
    cx: &Context<'_>,
    input: I,
) -> Result<TicketPayload> {
    let input_hash = input_hash(&I::type_name(), &input);
    let common = input.common().clone();
    let sender = Sender {
        person: working_caller(cx)?.person.as_ref().map(|known| known.who.person),
        fresh: services(cx)?.gateway.new_id(),
    };
    match input.into_steps(&sender) {
        Ok(steps) => perform(cx, steps, (common, input_hash)).await,
        Err(error) => Ok(refused(common.client_mutation_id, error)),
    }
}

/// Hands steps to the gateway, and answers with the ticket.
///
/// # Errors
/// Nobody is signed in, or a technical failure.
pub(in crate::graphql) async fn perform(
    cx: &Context<'_>,
    steps: Steps,
    (common, input_hash): (Common, [u8; 32]),
) -> Result<TicketPayload> {
    let client_mutation_id = common.client_mutation_id.clone();
    let order = Order { command: steps.steps, stream: steps.ticket.0, common, input_hash };
    let answer = perform_together(cx, order, steps.at_step).await?;
    told(cx, client_mutation_id, answer).await
}
