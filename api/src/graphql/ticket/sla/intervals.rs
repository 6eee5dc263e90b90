//! Pages of what explains a clock.

use std::sync::Arc;

use async_graphql::{Context, Result, SimpleObject};
use chrono::{DateTime, Utc};
use domain::sla::ClockKind;
use domain::sla::stopwatch::{Cause, Interval};
use projections::tickets::sla;

use super::load::ReadingOf;
use super::words::{ClockExclusion, ClockVerb};
use crate::graphql::context::loader;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// A time that a clock counts, or does not, as a whole. Never empty.
#[derive(SimpleObject)]
pub(in crate::graphql) struct ClockInterval {
    /// Its first second.
    from: DateTime<Utc>,
    /// The first second behind it.
    to: DateTime<Utc>,
    /// How many of its seconds count: all, or none.
    counted_seconds: i64,
    /// The event since which it is like this, whatever the hour.
    cause: ClockCause,
    /// Why it does not count; null when it does.
    excluded: Option<ClockExclusion>,
}

/// The event of a ticket that something goes back to.
#[derive(SimpleObject)]
struct ClockCause {
    /// Its number among the ticket's events: the one that was the version right after it.
    sequence: i64,
    /// What it meant to the clocks.
    verb: ClockVerb,
}

/// What explains one clock of a ticket. Its cursors say how many intervals lie before: those of one
/// instant never change.
pub(super) async fn of(
    cx: &Context<'_>,
    (asked, clock): (&ReadingOf, ClockKind),
    first: Option<PageSize>,
    after: Option<Cursor>,
) -> Result<Connection<ClockInterval>> {
    let name = format!("intervals:{}:{clock}", asked.ticket);
    let skipped: Option<i64> = after.map(|after| place(&name, &after)).transpose()?;
    let skip = skipped.unwrap_or_default().max(0);
    let size = rows(first);
    let (reads, almanac) = {
        let loader = loader(cx)?.loader();
        (loader.pool.clone(), loader.almanac.clone())
    };
    let which = (asked.course.as_ref(), clock, asked.at);
    let part =
        (usize::try_from(skip).unwrap_or(usize::MAX), usize::try_from(size + 1).unwrap_or(1));
    let found = sla::intervals(&reads, &almanac, which, part).await.map_err(unread)?.intervals;
    let course = Arc::clone(&asked.course);
    let at = asked.at;
    let count: Counter = Box::new(move || {
        let (reads, almanac, course) = (reads.clone(), almanac.clone(), Arc::clone(&course));
        Box::pin(
            async move { sla::count(&reads, &almanac, (&course, clock, at)).await.map_err(unread) },
        )
    });
    let numbered: Vec<(i64, Interval)> = (skip + 1..).zip(found).collect();
    let edge = |(number, interval): (i64, Interval)| (number, interval.into());
    Ok(page_of(&name, (numbered, size), skipped.is_some(), edge, count))
}

impl From<Interval> for ClockInterval {
    fn from(interval: Interval) -> Self {
        Self {
            from: interval.from,
            to: interval.to,
            counted_seconds: interval.counted_seconds,
            cause: interval.cause.into(),
            excluded: interval.excluded.map(Into::into),
        }
    }
}

impl From<Cause> for ClockCause {
    fn from(cause: Cause) -> Self {
        Self { sequence: cause.sequence, verb: cause.kind.into() }
    }
}
