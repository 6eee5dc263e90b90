//! Bulk: several of the same, each by itself, answered in the order they were asked.

use async_graphql::{Context, InputType, Result, SimpleObject};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::TicketPayload;
use super::input::{ManyInput, TicketInput, TicketOpenInput};
use super::mutation::{Answered, act};
use super::open::open;
use crate::graphql::command::told;
use crate::graphql::error::bad_request;

/// Most things at once.
const ITEMS: usize = 100;

/// How many of them are decided at the same time.
const TOGETHER: usize = 8;

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

/// Does all of them, then waits once until the views show what was done.
pub(super) async fn run<I: Item>(
    cx: &Context<'_>,
    input: ManyInput<I>,
) -> Result<TicketManyPayload> {
    if !(1..=ITEMS).contains(&input.items.len()) {
        return Err(bad_request(format!("1 to {ITEMS} items at once")));
    }
    let each = input.items.into_iter().map(|item| item.done(cx));
    let answered: Vec<Answered> = stream::iter(each).buffered(TOGETHER).try_collect().await?;
    let shown = answered.into_iter().map(|(mutation_id, answer)| told(cx, mutation_id, answer));
    let results = try_join_all(shown).await?;
    Ok(TicketManyPayload { client_mutation_id: input.client_mutation_id, results })
}
