//! What was recorded of a clock, also under terms that are others by now.

use async_graphql::{Context, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::sla::ClockKind;
use projections::tickets::Crossed;

use super::load::{CrossingsOf, ReadingOf};
use crate::graphql::context::load;

/// So many are shown, at most: the last ones.
const MOST: usize = 100;

/// A threshold that a clock went beyond, as it was recorded. Terms that judge better afterwards do
/// not unsay it.
#[derive(SimpleObject)]
pub(super) struct TicketClockCrossing {
    /// The threshold, in percent of the limit; 100: the limit itself.
    percent: u16,
    /// In which cycle, from 1: one begins at the opening, at each reopening, and with other terms.
    cycle: u32,
    /// When it happened.
    occurred_at: DateTime<Utc>,
    /// When it was recorded.
    recorded_at: DateTime<Utc>,
    /// The first second beyond, when only a later event made it so.
    since: Option<DateTime<Utc>>,
    /// The version of the plan that judged it.
    plan_version: i64,
    /// How long at most, by that.
    limit_seconds: u32,
    /// How long it had taken.
    used_seconds: i64,
}

/// Those of one clock that had happened at the instant, the earliest recorded first; of a ticket as it
/// was, those that had been recorded then.
pub(super) async fn of(
    cx: &Context<'_>,
    asked: &ReadingOf,
    clock: ClockKind,
) -> Result<Vec<TicketClockCrossing>> {
    let all = load(cx, CrossingsOf(asked.ticket)).await?;
    let all = all.unwrap_or_default();
    let own = |it: &&Crossed| {
        it.said.clock == clock
            && it.occurred_at <= asked.at
            && asked.known.is_none_or(|known| it.recorded_at <= known)
    };
    let own: Vec<&Crossed> = all.iter().filter(own).collect();
    let last = own.len().saturating_sub(MOST);
    Ok(own[last..].iter().map(|it| TicketClockCrossing::from(*it)).collect())
}

impl From<&Crossed> for TicketClockCrossing {
    fn from(crossed: &Crossed) -> Self {
        let said = crossed.said;
        Self {
            percent: said.percent,
            cycle: said.cycle,
            occurred_at: crossed.occurred_at,
            recorded_at: crossed.recorded_at,
            since: said.since,
            plan_version: said.plan_version,
            limit_seconds: said.limit_seconds,
            used_seconds: said.used_seconds,
        }
    }
}
