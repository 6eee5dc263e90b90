//! What if: tickets under other terms, read from the log itself.
//!
//! No view is asked and no key: the events of the tickets that a question is about, up to a place in
//! the log, are folded into cases and compared under real and supposed terms. The log only grows, so
//! the same question about the same place has the same answer, whoever asks it. Nothing is written.
//! Called by the API and by the replay tools, over connections of their own.

mod answer;
mod catalogue;
mod read;
mod stand;
#[cfg(test)]
mod tests;

use std::sync::Arc;

use domain::calendar::OpeningHours;
use domain::sla::stopwatch::UnknownCalendar;
use domain::sla::{CalendarVersion, Hours};
use domain::what_if::{Question, Unfit};
use journal::JournalError;
use journal::postgres::connect::{self, ActingAs};
use journal::read::StreamsError;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection};
use tokio::sync::Mutex;
use tokio::task::JoinSet;

pub use answer::{Answer, Changed};
pub use catalogue::{Catalogue, facts};
pub use stand::Stand;

use crate::almanac::{Almanac, AlmanacError, KnownHours};

/// Tickets a batch: memory stays small, and nobody waits long for a turn.
const BATCH: usize = 200;

/// Where in the log, and how much of it.
#[derive(Debug, Clone, Copy)]
pub struct Extent {
    /// The last number of the log that is looked at.
    pub through: i64,
    /// How many tickets are opened in the period at most.
    pub tickets: i64,
    /// How many connections read side by side.
    pub workers: usize,
}

/// Why there is no answer.
#[derive(Debug, thiserror::Error)]
pub enum WhatIfError {
    /// The supposition makes no sense.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The period has too many tickets.
    #[error("more than {0} tickets were opened in the period")]
    TooMany(i64),
    /// The log is not that long.
    #[error("the log has positions 1 to {0}")]
    NoPosition(i64),
    /// The log cannot be read.
    #[error(transparent)]
    Streams(#[from] StreamsError),
    /// The hours of a calendar cannot be had.
    #[error(transparent)]
    Almanac(#[from] AlmanacError),
    /// A part of the work ended before its end.
    #[error("the work was cut off")]
    CutOff,
}

impl From<sqlx::Error> for WhatIfError {
    fn from(error: sqlx::Error) -> Self {
        Self::Streams(error.into())
    }
}

impl From<JournalError> for WhatIfError {
    fn from(error: JournalError) -> Self {
        Self::Streams(error.into())
    }
}

impl From<UnknownCalendar> for WhatIfError {
    fn from(error: UnknownCalendar) -> Self {
        Self::Almanac(error.into())
    }
}

/// Compares each ticket that the question is about.
///
/// # Errors
/// Too many tickets; the log cannot be read.
pub async fn ask(
    options: &PgConnectOptions,
    question: Question,
    hours: Option<(CalendarVersion, OpeningHours)>,
    extent: Extent,
) -> Result<Answer, WhatIfError> {
    let mut conn = connect::connection(options, ActingAs::App).await?;
    let ids = read::opened(&mut conn, &question, extent).await?;
    conn.close().await?;
    let batches = ids.chunks(BATCH).map(<[String]>::to_vec).collect::<Vec<_>>();
    let workers = extent.workers.clamp(1, batches.len().max(1));
    let work = Arc::new(Work {
        question,
        hours: hours.map(|(version, hours)| (version, Hours::from(&hours))),
        through: extent.through,
        almanac: Almanac::default(),
        batches: Mutex::new(batches),
    });
    let mut running = JoinSet::new();
    for _ in 0..workers {
        let (work, options) = (Arc::clone(&work), options.clone());
        running.spawn(async move { work.run(&options).await });
    }
    let mut answer = Answer::default();
    while let Some(done) = running.join_next().await {
        answer.extend(done.map_err(|_| WhatIfError::CutOff)??);
    }
    answer.put_in_order();
    Ok(answer)
}

/// What those who work side by side share.
struct Work {
    question: Question,
    hours: Option<(CalendarVersion, Hours)>,
    through: i64,
    almanac: Almanac,
    batches: Mutex<Vec<Vec<String>>>,
}

impl Work {
    async fn run(&self, options: &PgConnectOptions) -> Result<Answer, WhatIfError> {
        let mut conn = connect::connection(options, ActingAs::App).await?;
        let mut answer = Answer::default();
        while let Some(ids) = self.next().await {
            self.batch(&mut conn, &ids, &mut answer).await?;
        }
        conn.close().await?;
        Ok(answer)
    }

    async fn next(&self) -> Option<Vec<String>> {
        self.batches.lock().await.pop()
    }

    async fn batch(
        &self,
        conn: &mut PgConnection,
        ids: &[String],
        answer: &mut Answer,
    ) -> Result<(), WhatIfError> {
        let cases = read::cases(conn, ids, self.through).await?;
        let about = cases.into_iter().filter(|(_, case)| self.question.is_about(case));
        let about: Vec<_> = about
            .map(|(id, case)| {
                let supposed = self.question.course(&case);
                (id, case, supposed)
            })
            .collect();
        let needed =
            about.iter().flat_map(|(_, case, supposed)| self.question.calendars(case, supposed));
        let hours = self.hours(conn, needed).await?;
        for (id, case, supposed) in &about {
            answer.add(*id, case, &self.question.compare(case, supposed, &hours)?);
        }
        Ok(())
    }

    async fn hours(
        &self,
        conn: &mut PgConnection,
        needed: impl Iterator<Item = CalendarVersion>,
    ) -> Result<KnownHours, WhatIfError> {
        let supposed = self.hours.as_ref();
        let defined = needed.filter(|version| supposed.is_none_or(|(own, _)| own != version));
        let mut hours = self.almanac.hours(conn, &defined.collect()).await?;
        hours.extend(supposed.cloned());
        Ok(hours)
    }
}
