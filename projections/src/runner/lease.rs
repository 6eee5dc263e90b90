//! The right to write a model's live tables, and the connection it hangs on.

use std::sync::Arc;
use std::sync::atomic::AtomicI64;
use std::time::Instant;

use futures_util::future::join_all;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use super::Shared;
use super::slot::{BATCH, Slot, Stepped};
use super::well::Well;
use crate::dead_letters::Waiting;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::schema::{self, Lock, live};
use crate::session;
use crate::slots::{self, SlotRow};

/// Held by one process.
#[derive(Debug)]
pub(super) struct Lease<'a> {
    shared: &'a Shared,
    model: &'a dyn ReadModel,
    conn: PgConnection,
}

impl<'a> Lease<'a> {
    /// Waits until it is free, watching meanwhile how far its holder is.
    pub(super) async fn take(
        shared: &'a Shared,
        model: &'a dyn ReadModel,
    ) -> Result<Self, ProjectionError> {
        let mut conn = session::keeping(&shared.options, &live(model.name())).await?;
        while !schema::try_lock(&mut conn, Lock::Lease, model.name()).await? {
            shared.look_on(model, &mut conn).await?;
        }
        shared.set_kept(model.name(), true);
        Ok(Self { shared, model, conn })
    }

    /// Keeps the model until `stop`, or until somebody else takes the right to write: a decision or
    /// a rebuild for a moment, another process for good when this connection is lost. `well` is told
    /// that it goes well.
    pub(super) async fn keep(
        &mut self,
        stop: &mut watch::Receiver<bool>,
        well: &Well,
    ) -> Result<(), ProjectionError> {
        let rows = self.arranged().await?;
        let marks = marks(&rows);
        well.expect(rows.len());
        self.shared.publish(self.model, least(&rows));
        let (ending, _) = watch::channel(false);
        let waiting = Waiting::load(&mut self.conn, self.model.name()).await?;
        let mut others = Vec::new();
        for _ in 1..rows.len() {
            others.push(session::keeping(&self.shared.options, &live(self.model.name())).await?);
        }
        let conns = std::iter::once(&mut self.conn).chain(&mut others);
        let slots = rows.iter().zip(conns).map(|(row, conn)| Slot {
            shared: self.shared,
            model: self.model,
            conn,
            place: (row.number, u8::try_from(rows.len()).unwrap_or(u8::MAX)),
            written: row.applied_through,
            known: row.applied_through,
            epoch: row.epoch,
            waiting: waiting.clone(),
            marks: Arc::clone(&marks),
            limit: BATCH,
            even: Instant::now(),
            well,
            said: false,
        });
        let ends = join_all(slots.map(|slot| run(slot, &ending)));
        let ended = tokio::select! {
            ended = ends => ended,
            never = pass_on(stop, &ending) => match never {},
        };
        for conn in others {
            conn.close().await?;
        }
        ended.into_iter().collect()
    }

    /// The slots, as many as the model has in this version. What others were shared differently is
    /// first brought to one place: no stream's event may be applied twice, or not at all.
    async fn arranged(&mut self) -> Result<Vec<SlotRow>, ProjectionError> {
        let rows = slots::raise(&mut self.conn, self.model).await?;
        if rows.len() == usize::from(self.model.slots()) {
            return Ok(rows);
        }
        let through = rows.iter().map(|row| row.applied_through).max().unwrap_or(0);
        self.level(&rows, through).await?;
        let epochs: Vec<i64> = rows.iter().map(|row| row.epoch).collect();
        let mut transaction = self.conn.begin().await?;
        let cleared = sqlx::query(include_str!("sql/clear_slots.sql"))
            .bind(through)
            .bind(epochs)
            .execute(&mut *transaction)
            .await?;
        if cleared.rows_affected() != rows.len() as u64 {
            return Err(ProjectionError::Fenced(self.model.name()));
        }
        sqlx::query(include_str!("sql/make_slots.sql"))
            .bind(through)
            .bind(i16::from(self.model.slots()))
            .execute(&mut *transaction)
            .await?;
        transaction.commit().await?;
        slots::raise(&mut self.conn, self.model).await
    }

    /// Brings each slot to this number, one after the other.
    async fn level(&mut self, rows: &[SlotRow], through: i64) -> Result<(), ProjectionError> {
        // That all is well is said when all slots are at work.
        let unasked = Well::unknown();
        let waiting = Waiting::load(&mut self.conn, self.model.name()).await?;
        for row in rows {
            let mut slot = Slot {
                shared: self.shared,
                model: self.model,
                conn: &mut self.conn,
                place: (row.number, u8::try_from(rows.len()).unwrap_or(u8::MAX)),
                written: row.applied_through,
                known: row.applied_through,
                epoch: row.epoch,
                waiting: waiting.clone(),
                marks: marks(rows),
                limit: BATCH,
                even: Instant::now(),
                well: &unasked,
                said: true,
            };
            if slot.catch_up(through).await? == Stepped::Fenced {
                return Err(ProjectionError::Fenced(self.model.name()));
            }
        }
        Ok(())
    }
}

impl Drop for Lease<'_> {
    fn drop(&mut self) {
        self.shared.set_kept(self.model.name(), false);
    }
}

/// The slot until its end, which is that of all.
async fn run(mut slot: Slot<'_>, ending: &watch::Sender<bool>) -> Result<(), ProjectionError> {
    let ended = slot.run(&mut ending.subscribe()).await;
    ending.send_replace(true);
    ended
}

/// Tells the slots that the process is stopping.
async fn pass_on(
    stop: &mut watch::Receiver<bool>,
    ending: &watch::Sender<bool>,
) -> std::convert::Infallible {
    // An error means that whoever could say so is gone.
    let _ = stop.wait_for(|stop| *stop).await;
    ending.send_replace(true);
    std::future::pending().await
}

fn marks(rows: &[SlotRow]) -> Arc<Vec<AtomicI64>> {
    Arc::new(rows.iter().map(|row| AtomicI64::new(row.applied_through)).collect())
}

fn least(rows: &[SlotRow]) -> i64 {
    rows.iter().map(|row| row.applied_through).min().unwrap_or(0)
}
