//! What the clocks of tickets show at an instant, and why.
//!
//! A course keeps everything that ever moved its clocks, so it answers for any instant by itself: for
//! one that is past, from what had happened by then and the terms then in force. Nothing is read but
//! calendars, and those once for all tickets that are asked for together.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::sla::ClockKind;
use domain::sla::stopwatch::{Course, Interval, Readings};
use sqlx::PgPool;

use crate::almanac::{Almanac, AlmanacError, KnownHours};
use crate::error::ReadError;

/// So many intervals are explained at once, at most.
const MOST: usize = 1_000;

/// Some intervals of a clock, in order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Explained {
    /// They tile.
    pub intervals: Vec<Interval>,
    /// Whether there are others behind them.
    pub has_next: bool,
}

/// What the clocks of these tickets show, each at its instant; in the same order.
pub async fn readings(
    pool: &PgPool,
    almanac: &Almanac,
    asked: &[(&Course, DateTime<Utc>)],
) -> Result<Vec<Readings>, ReadError> {
    let hours = hours(pool, almanac, asked.iter().map(|(course, _)| *course)).await?;
    let read = |(course, at): &(&Course, DateTime<Utc>)| course.at(*at, &hours);
    Ok(asked.iter().map(read).collect::<Result<_, _>>().map_err(AlmanacError::from)?)
}

/// How many intervals explain what one clock shows at an instant.
pub async fn count(
    pool: &PgPool,
    almanac: &Almanac,
    (course, clock, at): (&Course, ClockKind, DateTime<Utc>),
) -> Result<i64, ReadError> {
    let hours = hours(pool, almanac, std::iter::once(course)).await?;
    let all = course.intervals(clock, at, &hours).map_err(AlmanacError::from)?;
    Ok(i64::try_from(all.count()).unwrap_or(i64::MAX))
}

/// What one clock shows at an instant, explained: behind the first `skip` intervals at most `first`,
/// and never more than a thousand.
pub async fn intervals(
    pool: &PgPool,
    almanac: &Almanac,
    (course, clock, at): (&Course, ClockKind, DateTime<Utc>),
    (skip, first): (usize, usize),
) -> Result<Explained, ReadError> {
    let hours = hours(pool, almanac, std::iter::once(course)).await?;
    let all = course.intervals(clock, at, &hours).map_err(AlmanacError::from)?;
    let mut behind = all.skip(skip);
    let intervals = behind.by_ref().take(first.min(MOST)).collect();
    Ok(Explained { intervals, has_next: behind.next().is_some() })
}

/// Connects only if there is something to look up.
async fn hours(
    pool: &PgPool,
    almanac: &Almanac,
    courses: impl Iterator<Item = &Course>,
) -> Result<KnownHours, ReadError> {
    let versions: BTreeSet<_> = courses.flat_map(Course::calendars).collect();
    match almanac.known(&versions) {
        Some(hours) => Ok(hours),
        None => Ok(almanac.hours(&mut *pool.acquire().await?, &versions).await?),
    }
}
