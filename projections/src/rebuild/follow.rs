//! The log in its order, into tables beside the live ones: what a model of the log's grain is filled
//! by, and how every model catches up. The next page is read while one is written.

use journal::read::LogReader;
use journal::{JournalError, Recorded};
use sqlx::PgConnection;

use super::marks::Marks;
use super::{Site, poison};
use crate::error::ProjectionError;
use crate::model::Step;
use crate::slots;

/// Events a statement.
pub(super) const BATCH: i64 = 500;

/// Which events a follower applies.
#[derive(Debug)]
pub(super) enum Takes {
    /// Those that the tables do not have.
    Lacking(Marks),
    /// Those of one slot, of so many.
    OfSlot(u8, u8),
}

impl Takes {
    fn takes(&self, recorded: &Recorded) -> bool {
        match self {
            Self::Lacking(marks) => !marks.have(recorded),
            Self::OfSlot(slot, of) => slots::of(&recorded.event.aggregate_id, *of) == *slot,
        }
    }
}

/// Writes into tables through one slot of theirs.
#[derive(Debug)]
pub(super) struct Follower {
    pub(super) reader: PgConnection,
    pub(super) writer: PgConnection,
    /// The slot's epoch.
    pub(super) epoch: i64,
    /// The last event of the slot.
    pub(super) through: i64,
    pub(super) takes: Takes,
}

impl Follower {
    /// Goes on to this number.
    pub(super) async fn to(&mut self, site: &Site, goal: i64) -> Result<(), ProjectionError> {
        let mut log =
            LogReader::after(site.journal.keyring(), site.journal.upcasters(), self.through);
        let mut batch = next(&mut self.reader, &mut log, site, goal).await;
        loop {
            let events = match batch {
                Ok(_) if log.position() == self.through => return Ok(()),
                Ok(mut events) => {
                    events.retain(|recorded| self.takes.takes(recorded));
                    events
                }
                Err(error) => {
                    return Err(poison::unreadable(&mut self.reader, error.into()).await);
                }
            };
            let step =
                Step { from: self.through, to: log.position(), epoch: self.epoch, fresh: false };
            let (applied, following) = tokio::join!(
                site.model.apply(&mut self.writer, &events, step),
                next(&mut self.reader, &mut log, site, goal),
            );
            match applied {
                Ok(true) => {}
                Ok(false) => return Err(ProjectionError::Fenced(site.model.name())),
                Err(error) => {
                    let model = site.model.as_ref();
                    let found = (step, error);
                    return Err(poison::in_log(&mut self.writer, model, &events, found).await);
                }
            }
            site.tally.add(step.to - step.from);
            self.through = step.to;
            batch = following;
        }
    }
}

/// The next events, without those that people have left out of the view.
async fn next(
    conn: &mut PgConnection,
    log: &mut LogReader<'_>,
    site: &Site,
    goal: i64,
) -> Result<Vec<Recorded>, JournalError> {
    let entries = log.entries(conn, goal, BATCH).await?;
    let read = entries.into_iter().filter(|entry| !site.left_out.contains(&entry.global_seq));
    read.map(|entry| entry.recorded).collect()
}
