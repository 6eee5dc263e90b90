//! Makes the schemas before anything is read or written.

use std::sync::Arc;

use journal::read::head_of;
use sqlx::{Connection, PgConnection};
use tokio::sync::watch;

use super::Shared;
use crate::error::ProjectionError;
use crate::leads;
use crate::model::ReadModel;
use crate::rebuild::{Begin, Order, RebuildReport, WORKERS, old, rebuild_as};
use crate::schema::{self, Lock, live};
use crate::session;

pub(super) async fn prepare(shared: &Shared) -> Result<(), ProjectionError> {
    let mut conn = session::open(&shared.options, "read").await?;
    schema::lock(&mut conn, Lock::Prepare, "all").await?;
    for model in &shared.models {
        one(shared, &mut conn, model).await?;
    }
    conn.close().await?;
    Ok(())
}

async fn one(
    shared: &Shared,
    conn: &mut PgConnection,
    model: &Arc<dyn ReadModel>,
) -> Result<(), ProjectionError> {
    let name = model.name();
    let exists = schema::exists(conn, &live(name)).await?;
    let version = schema::version(conn, name).await?;
    if exists && version == Some(model.version()) {
        return Ok(());
    }
    // A new model that a runner keeps just starts at the beginning of the log, unless others would be
    // ahead of it.
    let starts = !model.is_inline() && (!leads(name) || head_of(conn).await? == 0);
    if !exists && version.is_none() && starts {
        schema::create(conn, &live(name), model.as_ref()).await?;
        schema::enter(conn, model.as_ref()).await?;
        return Ok(());
    }
    // Another version of the program was here, and left this one's tables as they were.
    if exists && old::take_back(&shared.journal, &shared.options, model).await? {
        tracing::info!(projection = name, version = model.version(), "taken back");
        return Ok(());
    }
    tracing::info!(projection = name, version = model.version(), "rebuilding");
    let report = match rebuild(shared, model, Begin::Resume).await {
        Err(ProjectionError::NothingToResume(_)) => rebuild(shared, model, Begin::Anew).await?,
        done => done?,
    };
    tracing::info!(projection = name, events = report.events, rows = report.rows, "rebuilt");
    Ok(())
}

/// Goes on where a start that was killed stopped, if there was one.
async fn rebuild(
    shared: &Shared,
    model: &Arc<dyn ReadModel>,
    begin: Begin,
) -> Result<RebuildReport, ProjectionError> {
    let (_running, stop) = watch::channel(false);
    let order = Order { begin, workers: WORKERS, requested_by: "a new version".to_owned(), stop };
    rebuild_as(&shared.journal, &shared.options, model, order, |_, _| {}).await
}
