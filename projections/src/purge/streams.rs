//! The rows of single streams, made again: by whoever takes the right to write from whoever keeps the view.
//!
//! All streams of one identity together: a ticket and its clock have one, and the rows of both are found by
//! it alone.

use std::collections::BTreeSet;

use sqlx::{Connection, PgConnection};

use super::Purging;
use crate::dead_letters::{Waiting, forget_rows};
use crate::error::ProjectionError;
use crate::model::{ReadModel, Step};
use crate::rebuild::types;
use crate::schema::live;
use crate::session;
use crate::slots::{self, SlotRow};

/// Identities in one transaction: each takes the right to write once.
const CHUNK: usize = 50;

/// What all streams of a model are made again with.
#[derive(Debug)]
struct Again<'a> {
    model: &'a dyn ReadModel,
    types: Vec<String>,
    slots: Vec<SlotRow>,
    waiting: Waiting,
}

impl Purging<'_> {
    /// How many rows there were.
    pub(super) async fn stream_by_stream(
        &self,
        model: &dyn ReadModel,
        ids: &BTreeSet<&str>,
    ) -> Result<u64, ProjectionError> {
        let mut conn = session::open(self.options, &live(model.name())).await?;
        let types = types(&mut conn, model).await?;
        let ids: Vec<&str> = ids.iter().copied().collect();
        let mut rows = 0;
        for chunk in ids.chunks(CHUNK) {
            let mut transaction = conn.begin().await?;
            let slots = slots::raise(&mut transaction, model).await?;
            let waiting = Waiting::load(&mut transaction, model.name()).await?;
            let again = Again { model, types: types.clone(), slots, waiting };
            for id in chunk {
                rows += self.anew(&mut transaction, &again, id).await?;
            }
            transaction.commit().await?;
        }
        conn.close().await?;
        Ok(rows)
    }

    /// Makes the rows of an identity again, up to where its slot is. What waits there goes on waiting.
    async fn anew(
        &self,
        conn: &mut PgConnection,
        again: &Again<'_>,
        id: &str,
    ) -> Result<u64, ProjectionError> {
        let Again { model, types, slots, waiting } = again;
        let of = u8::try_from(slots.len()).unwrap_or(u8::MAX);
        let slot = slots
            .get(usize::from(slots::of(id, of)))
            .ok_or(ProjectionError::Unprepared(model.name()))?;
        let at = slot.applied_through;
        let keys = (self.journal.keyring(), self.journal.upcasters());
        let entries = journal::read::stream_entries(conn, keys, (types, id), (0, at)).await?;
        let read = entries.into_iter().filter(|entry| !waiting.holds(entry));
        let batch = read.map(|entry| entry.recorded).collect::<Result<Vec<_>, _>>()?;
        let rows = forget_rows(conn, *model, id).await?;
        let step = Step { from: at, to: at, epoch: slot.epoch, fresh: true };
        if !model.apply(conn, &batch, step).await? {
            return Err(ProjectionError::Fenced(model.name()));
        }
        Ok(rows)
    }
}
