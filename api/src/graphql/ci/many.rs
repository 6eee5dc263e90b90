//! Several items at once, as they are picked from a list: each is decided by itself, and what one is
//! refused stops no other.

use async_graphql::{Context, InputObject, InputType, Result, SimpleObject};

use super::input::{CiCorrectInput, CiRelateInput, CiRetireInput};
use super::mutation::{CiPayload, corrected};
use crate::graphql::command::{NounInput, perform_one};
use crate::graphql::many::{Answered, each};

/// Several of the same, each decided and answered by itself: what one is refused stops no other.
#[derive(Debug, Clone, InputObject)]
#[graphql(
    concrete(name = "CiCorrectManyInput", params(CiCorrectInput)),
    concrete(name = "CiRelateManyInput", params(CiRelateInput)),
    concrete(name = "CiRetireManyInput", params(CiRetireInput))
)]
pub(super) struct ManyInput<I: InputType> {
    /// 1 to 100 of them.
    items: Vec<I>,
    /// Comes back in the payload as it is.
    client_mutation_id: Option<String>,
}

/// What became of several commands on items.
#[derive(SimpleObject)]
pub(super) struct CiManyPayload {
    /// As you sent it.
    client_mutation_id: Option<String>,
    /// What became of each, in the order of the items.
    results: Vec<CiPayload>,
}

/// An input that can be one of many.
pub(super) trait Item: InputType {
    /// Does it; whoever asked shows it later.
    fn done(self, cx: &Context<'_>) -> impl Future<Output = Result<Answered>> + Send;
}

impl Item for CiCorrectInput {
    async fn done(self, cx: &Context<'_>) -> Result<Answered> {
        corrected(cx, self).await
    }
}

impl Item for CiRelateInput {
    async fn done(self, cx: &Context<'_>) -> Result<Answered> {
        one(cx, self).await
    }
}

impl Item for CiRetireInput {
    async fn done(self, cx: &Context<'_>) -> Result<Answered> {
        one(cx, self).await
    }
}

async fn one<I: NounInput>(cx: &Context<'_>, input: I) -> Result<Answered> {
    let named = input.common().client_mutation_id.clone();
    Ok((named, perform_one(cx, input).await?))
}

/// Does all of them.
pub(super) async fn run<I: Item>(cx: &Context<'_>, input: ManyInput<I>) -> Result<CiManyPayload> {
    let items = input.items.into_iter().map(|item| item.done(cx)).collect();
    let results = each(cx, items).await?;
    Ok(CiManyPayload { client_mutation_id: input.client_mutation_id, results })
}
