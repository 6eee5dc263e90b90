//! Configuration items: how fast files of them come in and in how much memory, how soon it is known
//! what breaks, and how fast lists are, among a million of them with three million relations. At the
//! real server, by the real command.

mod ask;
mod bring;
mod files;

use crate::ground::Ground;
use crate::report::Section;
use crate::server::Server;
use crate::{Fault, Run};
use ask::Asking;

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_items").await?;
    let mut conn = database.connect().await?;
    if ground.counts_statements() {
        sqlx::raw_sql("create extension pg_stat_statements").execute(&mut conn).await?;
    }
    let count = run.tickets.max(files::GROUP);
    let server = Server::start(&database)?;
    bring::all((&database, &mut conn), (count, run.seed), section).await?;
    server.stop()?;
    sqlx::raw_sql("vacuum (analyze)").execute(&mut conn).await?;

    let server = Server::start(&database)?;
    let asking = Asking::new(ground, (&server, &mut conn), (count, run.rounds)).await?;
    asking.all(&mut conn, section).await?;
    server.stop()?;
    ground.drop(database).await
}
