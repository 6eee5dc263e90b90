//! From a question to its answer.

use std::sync::Arc;

use async_graphql::{Context, Error, Result, SelectionField};
use domain::cmdb::impact::Question;
use projections::cis::At;
use projections::cis::impact::{self, Detail, ImpactError};

use super::types::{Impact, Whole};
use crate::graphql::ci::catalogue;
use crate::graphql::context::services;
use crate::graphql::error::{bad_request, unread};

/// What of an item is large.
const VALUES: [&str; 3] = ["attributes", "attributesJson", "given"];

/// The answer; none when the item was not there.
///
/// # Errors
/// A question that cannot be answered; technical failures.
pub(super) async fn answer(cx: &Context<'_>, question: Question, at: At) -> Result<Option<Impact>> {
    let catalogue = catalogue(cx, at).await?;
    let detail = Detail {
        attributes: selects(cx.field(), &VALUES),
        services: selects(cx.field(), &["services"]),
        agreements: selects(cx.field(), &["agreements"]),
    };
    let pool = &services(cx)?.reads;
    let explored = impact::explore(pool, &catalogue, (question, at), detail).await;
    let explored = explored.map_err(refused)?;
    if explored.found.answer.nodes.is_empty() {
        return Ok(None);
    }
    Ok(Some(Impact(Arc::new(Whole { explored, at, catalogue }))))
}

/// What is wrong with the question; else it is a failure of ours.
pub(super) fn refused(error: ImpactError) -> Error {
    match error {
        ImpactError::Unfit(unfit) => bad_request(unfit.to_string()),
        ImpactError::Read(error) => unread(error),
    }
}

/// Whether one of these fields is selected anywhere below.
fn selects(field: SelectionField<'_>, names: &[&str]) -> bool {
    let mut below = field.selection_set();
    below.any(|field| names.contains(&field.name()) || selects(field, names))
}
