//! How a model's streams are shared among its slots, and how far each is.

use std::num::NonZeroU8;

use sqlx::{PgConnection, Row};

use crate::error::ProjectionError;
use crate::model::ReadModel;

/// How far a slot is, and by what right it goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct SlotRow {
    /// Its number, from 0.
    pub(crate) number: u8,
    /// The last event that its rows show.
    pub(crate) applied_through: i64,
    /// What it has to know to write.
    pub(crate) epoch: i64,
}

/// The slot of the stream with this identity, of so many. Rows of `progress` depend on it: another
/// answer needs a new version of every model that has several slots.
pub(crate) fn of(aggregate_id: &str, slots: u8) -> u8 {
    let Some(slots) = NonZeroU8::new(slots) else { return 0 };
    // FNV-1a: cheap, and the same for ever.
    let hash = aggregate_id
        .bytes()
        .fold(0x811c_9dc5_u32, |hash, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193));
    u8::try_from(hash % u32::from(slots.get())).unwrap_or(0)
}

/// Takes the right to write from whoever has it; all slots, in their order. `conn` searches the
/// model's live tables.
pub(crate) async fn raise(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<Vec<SlotRow>, ProjectionError> {
    let rows = sqlx::query(include_str!("sql/raise.sql"))
        .bind(model.name())
        .bind(model.version())
        .fetch_all(conn)
        .await?;
    let slots = rows.iter().map(slot_row).collect::<Result<Vec<_>, _>>()?;
    if slots.is_empty() {
        return Err(ProjectionError::Unprepared(model.name()));
    }
    Ok(slots)
}

fn slot_row(row: &sqlx::postgres::PgRow) -> Result<SlotRow, sqlx::Error> {
    let number: i16 = row.try_get("slot")?;
    Ok(SlotRow {
        number: u8::try_from(number).map_err(|error| sqlx::Error::Decode(error.into()))?,
        applied_through: row.try_get("applied_through")?,
        epoch: row.try_get("epoch")?,
    })
}
