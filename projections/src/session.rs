//! Connections that work on one schema.

use journal::postgres::connect::{self, ActingAs};
use sqlx::PgConnection;
use sqlx::postgres::PgConnectOptions;

/// A connection of the application's role that searches this schema alone. What it loses in a crash
/// is rows and progress together, so it need not wait for the disk.
pub(crate) async fn open(
    options: &PgConnectOptions,
    schema: &str,
) -> Result<PgConnection, sqlx::Error> {
    let options = options.clone().options([("search_path", schema), ("synchronous_commit", "off")]);
    connect::connection(&options, ActingAs::App).await
}

/// The same for the few statements by which a model is kept, again and again.
pub(crate) async fn keeping(
    options: &PgConnectOptions,
    schema: &str,
) -> Result<PgConnection, sqlx::Error> {
    open(&connect::planned_once(options), schema).await
}
