//! Bulk: several of the same, each by itself, answered in the order they were asked.

use async_graphql::{Context, Result};
use futures_util::future::try_join_all;
use futures_util::{StreamExt, TryStreamExt, stream};

use super::command::{Answer, Payload, told};
use super::error::bad_request;

/// Most things at once.
const ITEMS: usize = 100;

/// How many of them are decided at the same time.
const TOGETHER: usize = 8;

/// What became of a command, and what its sender called it.
pub(super) type Answered = (Option<String>, Answer);

/// Does all of them, then waits once until the views show what was done.
///
/// # Errors
/// None or too many; nobody is signed in, or a technical failure.
pub(super) async fn each<P: Payload, F>(cx: &Context<'_>, items: Vec<F>) -> Result<Vec<P>>
where
    F: Future<Output = Result<Answered>> + Send,
{
    if !(1..=ITEMS).contains(&items.len()) {
        return Err(bad_request(format!("1 to {ITEMS} items at once")));
    }
    let answered: Vec<Answered> = stream::iter(items).buffered(TOGETHER).try_collect().await?;
    let shown = answered.into_iter().map(|(mutation_id, answer)| told(cx, mutation_id, answer));
    try_join_all(shown).await
}
