//! Makes the schemas before anything is read or written.

use sqlx::{Connection, PgConnection};

use super::Shared;
use crate::error::ProjectionError;
use crate::model::ReadModel;
use crate::rebuild::rebuild;
use crate::schema::{self, Lock, live};
use crate::session;

pub(super) async fn prepare(shared: &Shared) -> Result<(), ProjectionError> {
    let mut conn = session::open(&shared.options, "read").await?;
    schema::lock(&mut conn, Lock::Prepare, "all").await?;
    for model in &shared.models {
        one(shared, &mut conn, model.as_ref()).await?;
    }
    conn.close().await?;
    Ok(())
}

async fn one(
    shared: &Shared,
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<(), ProjectionError> {
    let name = model.name();
    let exists = schema::exists(conn, &live(name)).await?;
    let version = schema::version(conn, name).await?;
    if exists && version == Some(model.version()) {
        return Ok(());
    }
    // A new model that a runner keeps just starts at the beginning of the log.
    if !exists && version.is_none() && !model.is_inline() {
        schema::create(conn, &live(name), model).await?;
        schema::enter(conn, model).await?;
        return Ok(());
    }
    tracing::info!(projection = name, version = model.version(), "rebuilding");
    let report = rebuild(&shared.journal, &shared.options, model, |_, _| {}).await?;
    tracing::info!(projection = name, events = report.events, rows = report.rows, "rebuilt");
    Ok(())
}
