//! Hears which models somebody has stopped, in whatever process that was said.

use std::sync::Arc;
use std::time::Duration;

use sqlx::Row;
use tokio::sync::watch;
use tokio::time::sleep;

use super::Shared;

const EVERY: Duration = Duration::from_millis(250);

/// Runs until `stop` turns true.
pub(super) async fn control(shared: Arc<Shared>, mut stop: watch::Receiver<bool>) {
    loop {
        // While the database does not answer, what was known last stands.
        if let Err(error) = look(&shared).await {
            tracing::debug!(%error, "whether projections are paused cannot be asked");
        }
        tokio::select! {
            _ = stop.wait_for(|stop| *stop) => return,
            () = sleep(EVERY) => {}
        }
    }
}

async fn look(shared: &Shared) -> Result<(), sqlx::Error> {
    let rows = sqlx::query(include_str!("sql/paused.sql")).fetch_all(shared.journal.pool()).await?;
    for row in rows {
        let (name, now): (&str, bool) = (row.try_get("name")?, row.try_get("paused")?);
        if let Some(paused) = shared.paused.get(name) {
            paused.send_if_modified(|known| known.replace(now) != Some(now));
        }
    }
    Ok(())
}
