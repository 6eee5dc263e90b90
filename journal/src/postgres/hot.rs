//! Connections for the few statements that everybody waits for: loads and appends.
//!
//! A handful, private to one journal, opened when first needed and kept. Their plans are made once
//! and for tables of any size: a plan that was made while a table was empty would be bad for ever.
//! These settings are theirs alone, on a connection for other questions they do harm.

use std::ops::{Deref, DerefMut};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, PgPool};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::connect::ActingAs;

/// Connecting may take this long.
const CONNECT: Duration = Duration::from_secs(10);

/// A few kept connections that act as `annals_app`.
#[derive(Debug)]
pub(crate) struct Connections {
    options: PgConnectOptions,
    free: Mutex<Vec<PgConnection>>,
    places: Semaphore,
}

impl Connections {
    /// At most `many`, to the database of this pool and with its search path.
    pub(crate) fn new(pool: &PgPool, many: usize) -> Self {
        let options = options(pool);
        Self { options, free: Mutex::default(), places: Semaphore::new(many) }
    }

    /// A connection of one's own until it is kept or dropped.
    pub(crate) async fn lease(&self) -> Result<Lease<'_>, sqlx::Error> {
        let place = self.places.acquire().await.map_err(|_| sqlx::Error::PoolClosed)?;
        let kept = self.free().pop();
        let conn = match kept {
            Some(conn) => conn,
            None => {
                timeout(CONNECT, self.connect()).await.map_err(|_| sqlx::Error::PoolTimedOut)??
            }
        };
        Ok(Lease { conn, home: self, _place: place })
    }

    /// Ends what is kept, and opens none any more.
    pub(crate) async fn close(&self) {
        self.places.close();
        let kept = std::mem::take(&mut *self.free());
        for conn in kept {
            // It is of no use any more, whichever way it ends.
            let _ = conn.close().await;
        }
    }

    async fn connect(&self) -> Result<PgConnection, sqlx::Error> {
        open(&self.options).await
    }

    fn free(&self) -> std::sync::MutexGuard<'_, Vec<PgConnection>> {
        // A list of whole connections cannot be left half changed.
        self.free.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// One such connection, nobody else's.
pub(crate) async fn one(pool: &PgPool) -> Result<PgConnection, sqlx::Error> {
    timeout(CONNECT, open(&options(pool))).await.map_err(|_| sqlx::Error::PoolTimedOut)?
}

fn options(pool: &PgPool) -> PgConnectOptions {
    pool.connect_options().as_ref().clone().options([
        ("plan_cache_mode", "force_generic_plan"),
        ("enable_seqscan", "off"),
        ("enable_bitmapscan", "off"),
        ("enable_sort", "off"),
        // What is switched off looks dear, and what looks dear would be compiled.
        ("jit", "off"),
    ])
}

async fn open(options: &PgConnectOptions) -> Result<PgConnection, sqlx::Error> {
    let mut conn = PgConnection::connect_with(options).await?;
    sqlx::query(ActingAs::App.set_role()).execute(&mut conn).await?;
    Ok(conn)
}

/// A connection on loan. One that is not kept is closed: after an error nobody trusts it.
#[derive(Debug)]
pub(crate) struct Lease<'a> {
    conn: PgConnection,
    home: &'a Connections,
    _place: SemaphorePermit<'a>,
}

impl Lease<'_> {
    /// Leaves it to the next.
    pub(crate) fn keep(self) {
        if !self.home.places.is_closed() {
            self.home.free().push(self.conn);
        }
    }
}

impl Deref for Lease<'_> {
    type Target = PgConnection;
    fn deref(&self) -> &PgConnection {
        &self.conn
    }
}

impl DerefMut for Lease<'_> {
    fn deref_mut(&mut self) -> &mut PgConnection {
        &mut self.conn
    }
}
