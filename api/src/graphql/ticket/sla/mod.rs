//! What the clocks of a ticket show at an instant, and why.
//!
//! Everything is computed from what the row keeps, so it costs no look at the database but for
//! calendars, and those are read once for all tickets of an answer. When a clock is due, in a list,
//! stands in the row itself.

mod crossings;
mod intervals;
mod load;
mod types;
mod words;

use async_graphql::{Context, Error, Result};
use chrono::{DateTime, TimeDelta, Utc};
use projections::tickets::TicketRow;

use self::load::ReadingOf;
use crate::graphql::context::{load, services};
use crate::graphql::error::bad_request;
use crate::graphql::moment::Then;

pub(in crate::graphql) use intervals::ClockInterval;
pub(super) use types::TicketSla;

/// How far ahead clocks are read, in days: ten years, the longest target.
const AHEAD_DAYS: i64 = 3_660;

/// The clocks of a ticket at an instant; when none is named as of when it is, none of that either: now.
pub(super) async fn of(
    cx: &Context<'_>,
    (row, then): (&TicketRow, Option<Then>),
    at: Option<DateTime<Utc>>,
) -> Result<TicketSla> {
    let now = services(cx)?.gateway.now();
    let then = match then {
        Some(then) => Some(then.instant(cx).await?),
        None => None,
    };
    let at = at.or(then).unwrap_or(now);
    if at - now > TimeDelta::days(AHEAD_DAYS) {
        return Err(bad_request("clocks are read at most ten years ahead"));
    }
    let asked = ReadingOf::new(row, (at, then));
    let readings = load(cx, asked.clone()).await?;
    let readings = readings.ok_or_else(|| Error::new("the clocks of a ticket were not read"))?;
    Ok(TicketSla { asked, readings })
}
