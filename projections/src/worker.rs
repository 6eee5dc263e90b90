//! What background work stands on: the right to do it, which one process has at a time, and how far
//! a follower of the log is.
//!
//! The right is a session advisory lock on a connection of its own: whoever dies or loses the
//! connection loses the right with it, and another process takes it within a second. An old holder
//! may still be writing for a moment; that does no harm, because all that workers write has
//! deterministic command ids. Not the work itself, which goes through the gateway: called by the
//! API's workers.

use std::time::Duration;

use journal::postgres::connect::{self, ActingAs};
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use tokio::time::sleep;

use crate::schema::{self, Lock};

/// How often a process without the right looks whether it is free.
const COMPETE: Duration = Duration::from_secs(1);
/// What an import holds while it runs, shared with other imports.
const IMPORTS: &str = "imports";

/// The right to do a named piece of work, until it is dropped or its connection is lost.
#[derive(Debug)]
pub struct WorkerLease {
    conn: PgConnection,
    name: &'static str,
}

impl WorkerLease {
    /// Waits until nobody else has it.
    pub async fn take(options: &PgConnectOptions, name: &'static str) -> Result<Self, sqlx::Error> {
        let mut conn = connect::connection(options, ActingAs::App).await?;
        while !schema::try_lock(&mut conn, Lock::Worker, name).await? {
            sleep(COMPETE).await;
        }
        Ok(Self { conn, name })
    }

    /// Fails when the connection, and with it the right, is lost.
    pub async fn check(&mut self) -> Result<(), sqlx::Error> {
        self.conn.ping().await
    }

    /// The connection it hangs on, for reading the log.
    pub fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }

    /// Keeps imports from beginning; false when one is under way.
    pub async fn hold_imports(&mut self) -> Result<bool, sqlx::Error> {
        schema::try_lock(&mut self.conn, Lock::Worker, IMPORTS).await
    }

    /// Lets imports begin again.
    pub async fn release_imports(&mut self) -> Result<(), sqlx::Error> {
        schema::unlock(&mut self.conn, Lock::Worker, IMPORTS).await
    }

    /// The number of the last event that the follower of this name is done with.
    pub async fn done_through(&mut self) -> Result<i64, sqlx::Error> {
        let row = sqlx::query(include_str!("sql/done_through.sql"))
            .bind(self.name)
            .fetch_optional(&mut self.conn)
            .await?;
        row.map_or(Ok(0), |row| row.try_get("done_through"))
    }

    /// Notes that it is done with everything up to this number.
    pub async fn note_done_through(&mut self, done: i64) -> Result<(), sqlx::Error> {
        sqlx::query(include_str!("sql/note_done_through.sql"))
            .bind(self.name)
            .bind(done)
            .execute(&mut self.conn)
            .await?;
        Ok(())
    }
}

/// An import under way, until it is dropped: tickets may be half told meanwhile, and no clock but
/// the history's own may close one of them.
#[derive(Debug)]
pub struct ImportUnderWay {
    _conn: PgConnection,
}

impl ImportUnderWay {
    /// Waits for a round of closing that has begun; other imports may run at the same time.
    pub async fn begin(options: &PgConnectOptions) -> Result<Self, sqlx::Error> {
        let mut conn = connect::connection(options, ActingAs::App).await?;
        schema::lock_shared(&mut conn, Lock::Worker, IMPORTS).await?;
        Ok(Self { _conn: conn })
    }
}
