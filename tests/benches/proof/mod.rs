//! What proving the history costs, and how soon it is done: sealing, beside appends that are not
//! sealed; the proof of one event; checking a bundle without any database; one ticket as it stood.
//!
//! All but the last are of a log that this section appends itself, with nothing beside the journal.

mod evidence;
mod made;
mod pairs;
mod past;
mod sealing;

use journal::signer::Folder;
use sqlx::{Connection, PgConnection, Row};

use crate::alone::Alone;
use crate::ground::{Database, Ground};
use crate::report::Section;
use crate::{Fault, Run};

/// The log that is sealed, and where it is signed.
struct Log<'a> {
    alone: Alone,
    folder: Folder,
    conn: PgConnection,
    database: &'a Database,
    run: &'a Run,
}

/// Runs it.
pub(crate) async fn run(run: &Run, ground: &Ground, section: &mut Section) -> Result<(), Fault> {
    let database = ground.database("bench_proof").await?;
    let mut log = Log {
        alone: Alone::open(&database).await?,
        folder: Folder::of(&database.folder),
        conn: database.connect().await?,
        database: &database,
        run,
    };
    sealing::run(&mut log, section).await?;
    pairs::run(&mut log, section).await?;
    evidence::run(&mut log, section).await?;
    log.conn.close().await?;
    log.alone.close().await?;
    ground.drop(database).await?;
    past::run(run, ground, section).await
}

impl Log<'_> {
    /// How many events were appended, sealed or not.
    async fn count(&mut self) -> Result<i64, Fault> {
        let counted = "select count(*) from journal.events";
        Ok(sqlx::query(counted).fetch_one(&mut self.conn).await?.try_get(0)?)
    }
}
