//! The arguments that ask for a day of the past: at most one, an instant or a position of the log.

use async_graphql::{Context, Result};
use chrono::{DateTime, Utc};
use projections::cis::At;
use projections::position_at;

use super::context::{PATIENCE, services};
use super::error::{bad_request, unread};
use super::scalar::Position;

/// When is asked for. A position is waited for until the model shows it.
///
/// # Errors
/// Both are named; the position is beyond the log; the model does not get there in time.
pub(super) async fn moment(
    cx: &Context<'_>,
    as_of: Option<DateTime<Utc>>,
    position: Option<Position>,
) -> Result<At> {
    match (as_of, position) {
        (None, None) => Ok(At::Now),
        (Some(_), Some(_)) => Err(bad_request("name a moment by an instant or by a position")),
        (Some(instant), None) => {
            let found = position_at(&services(cx)?.reads, instant).await.map_err(unread)?;
            Ok(At::After(found))
        }
        (None, Some(position)) => number(cx, position).await.map(At::After),
    }
}

/// The number of a position that the read side has passed.
async fn number(cx: &Context<'_>, position: Position) -> Result<i64> {
    let waiter = &services(cx)?.waiter;
    let number = match position {
        Position::Number(number) => Some(number),
        Position::Token(token) => waiter.number_of(token, PATIENCE).await,
    };
    let beyond = || bad_request("the log does not reach this position");
    let number = number.filter(|number| *number >= 0).ok_or_else(beyond)?;
    for model in ["cis", "ci_classes"] {
        waiter.passed_number(model, number, PATIENCE).await.map_err(|_| beyond())?;
    }
    Ok(number)
}
