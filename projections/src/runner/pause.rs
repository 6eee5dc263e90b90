//! Stopping a model, and letting it go on. Whoever keeps it stops within a second; its rows stay as
//! they are, and readers who wait for newer ones wait in vain.

use sqlx::PgPool;

use crate::error::ReadError;
use crate::read_models;

/// What became of the wish.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Paused {
    /// It is so now, also when it was so before.
    Done,
    /// There is no such model.
    Unknown,
    /// The append keeps the model: it cannot stand still.
    Inline,
}

/// Stops the model; `by` and `reason` are kept for whoever asks. One that is stopped stays so, with
/// whoever was first.
pub async fn pause(
    pool: &PgPool,
    model: &str,
    by: &str,
    reason: &str,
) -> Result<Paused, ReadError> {
    let found = find(model);
    if found == Paused::Done {
        sqlx::query(include_str!("sql/pause.sql"))
            .bind(model)
            .bind(by)
            .bind(reason)
            .execute(pool)
            .await?;
        tracing::warn!(projection = model, by, "the projection is paused");
    }
    Ok(found)
}

/// Lets the model go on.
pub async fn resume(pool: &PgPool, model: &str, by: &str) -> Result<Paused, ReadError> {
    let found = find(model);
    if found == Paused::Done {
        sqlx::query(include_str!("sql/resume.sql")).bind(model).execute(pool).await?;
        tracing::info!(projection = model, by, "the projection goes on");
    }
    Ok(found)
}

fn find(model: &str) -> Paused {
    match read_models().iter().find(|known| known.name() == model) {
        Some(known) if known.is_inline() => Paused::Inline,
        Some(_) => Paused::Done,
        None => Paused::Unknown,
    }
}
