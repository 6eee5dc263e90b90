//! Readings of many tickets at once: their calendars are looked up together.

use std::hash::{Hash, Hasher};
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use chrono::{DateTime, Utc};
use domain::kernel::TicketId;
use domain::sla::stopwatch::{Course, Readings};
use projections::ReadError;
use projections::tickets::{self, Crossed, TicketRow, sla};

use crate::graphql::loader::{Loaded, Reads};

/// What the clocks of a ticket show at an instant, by what had happened to it when its row was read.
#[derive(Debug, Clone)]
pub(super) struct ReadingOf {
    pub(super) ticket: TicketId,
    /// The number of the ticket's events, which says what the course is.
    version: i64,
    pub(super) at: DateTime<Utc>,
    /// What had been recorded by then counts; none: all.
    pub(super) known: Option<DateTime<Utc>>,
    /// Empty if the ticket never had a plan: then there is no clock.
    pub(super) course: Arc<Course>,
}

impl ReadingOf {
    pub(super) fn new(
        row: &TicketRow,
        (at, known): (DateTime<Utc>, Option<DateTime<Utc>>),
    ) -> Self {
        let course = Arc::new(row.course.clone().unwrap_or_default());
        Self { ticket: row.ticket_id, version: row.version, at, known, course }
    }

    fn key(&self) -> (TicketId, i64, DateTime<Utc>) {
        (self.ticket, self.version, self.at)
    }
}

impl PartialEq for ReadingOf {
    fn eq(&self, other: &Self) -> bool {
        self.key() == other.key()
    }
}

impl Eq for ReadingOf {}

impl Hash for ReadingOf {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.key().hash(state);
    }
}

/// What was recorded of the clocks of a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct CrossingsOf(pub(super) TicketId);

#[async_trait]
impl Loader<CrossingsOf> for Reads {
    type Value = Arc<Vec<Crossed>>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[CrossingsOf]) -> Loaded<CrossingsOf, Arc<Vec<Crossed>>> {
        let tickets: Vec<TicketId> = keys.iter().map(|key| key.0).collect();
        let found = tickets::crossings(&self.pool, &tickets).await.map_err(Arc::new)?;
        Ok(found.into_iter().map(|(id, all)| (CrossingsOf(id), Arc::new(all))).collect())
    }
}

#[async_trait]
impl Loader<ReadingOf> for Reads {
    type Value = Arc<Readings>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[ReadingOf]) -> Loaded<ReadingOf, Arc<Readings>> {
        let asked: Vec<_> = keys.iter().map(|key| (key.course.as_ref(), key.at)).collect();
        let read = sla::readings(&self.pool, &self.almanac, &asked).await.map_err(Arc::new)?;
        Ok(keys.iter().cloned().zip(read.into_iter().map(Arc::new)).collect())
    }
}
