//! Several tickets at once: which inputs can be one of many, and what all of them answer.

use async_graphql::{Context, InputType, Result, SimpleObject};

use super::TicketPayload;
use super::input::{ManyInput, TicketInput, TicketOpenInput};
use super::mutation::act;
use super::open::open;
use crate::graphql::many::{Answered, each};

/// What became of several commands on tickets.
#[derive(SimpleObject)]
pub(super) struct TicketManyPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// What became of each, in the order of the items.
    results: Vec<TicketPayload>,
}

/// An input that can be one of many.
pub(super) trait Item: InputType {
    /// Does it; whoever asked shows it later.
    fn done(self, cx: &Context<'_>) -> impl Future<Output = Result<Answered>> + Send;
}

impl<I: TicketInput> Item for I {
    async fn done(self, cx: &Context<'_>) -> Result<Answered> {
        act(cx, self).await
    }
}

impl Item for TicketOpenInput {
    async fn done(self, cx: &Context<'_>) -> Result<Answered> {
        open(cx, self).await
    }
}

/// Does all of them.
pub(super) async fn run<I: Item>(
    cx: &Context<'_>,
    input: ManyInput<I>,
) -> Result<TicketManyPayload> {
    let items = input.items.into_iter().map(|item| item.done(cx)).collect();
    let results = each(cx, items).await?;
    Ok(TicketManyPayload { client_mutation_id: input.client_mutation_id, results })
}
