//! One journal on a database of its own, and the events that its tests append.
//!
//! Nothing here is timed: what another process does is awaited. Transactions of tests in other
//! databases of the server hold up settling too, so settling is always waited for.

mod events;
mod server;

use std::pin::pin;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use sha2::{Digest, Sha256};
use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, Executor, PgConnection};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::task::JoinHandle;
use tokio::time::timeout;
use uuid::Uuid;

use crate::append::{Append, AppendError, Receipt, StreamAppend};
use crate::inline::InlineView;
use crate::journal::Journal;
use crate::postgres::cluster::testing::{TestDatabase, database_from_template};
use crate::postgres::connect::{self, ActingAs};
use crate::postgres::migrate::{migrate, migrators};
use crate::seal::{Keyring, MasterKey};
use crate::verify::{LogReport, check};

pub(crate) use events::{
    because, command, filed, held, id, lifted, opened, registered, solved, stopped, suspension,
    ticket,
};
pub(crate) use server::Server;

/// The wrapping key of all test journals.
pub(crate) const MASTER: [u8; 32] = [7; 32];
/// Switches off what refuses changes of the history: only whoever owns everything can.
pub(crate) const UNLOCK: &str = "alter table journal.events disable trigger events_append_only;
     alter table journal.log disable trigger log_append_only;";

/// A migrated database and a journal on it, without inline views and without a sequencer.
pub(crate) struct World {
    pub(crate) journal: Journal,
    options: PgConnectOptions,
    // Last: dropped after what uses it. None on a server of its own.
    _database: Option<(TestDatabase, SemaphorePermit<'static>)>,
}

/// Worlds at a time, however many cores: the server has a bounded number of connections.
static PLACES: Semaphore = Semaphore::const_new(10);

impl World {
    pub(crate) async fn new() -> Self {
        let place = PLACES.acquire().await.expect("it is never closed");
        let mut digest = Sha256::new();
        for migrator in migrators() {
            migrator.iter().for_each(|migration| digest.update(&migration.checksum));
        }
        let digest = u64::from_be_bytes(digest.finalize()[..8].try_into().unwrap());
        let template = async |options: PgConnectOptions| migrate(&options).await;
        let database = database_from_template(&format!("journal_{digest:016x}"), template).await;
        let options = database.options();
        let journal = handle(&options, MASTER, Vec::new()).await;
        Self { journal, options, _database: Some((database, place)) }
    }

    /// On a migrated database of a server of the test's own.
    pub(crate) async fn on(options: PgConnectOptions) -> Self {
        let journal = handle(&options, MASTER, Vec::new()).await;
        Self { journal, options, _database: None }
    }

    /// Another process's handle on the same journal: its own pools, keys and caches.
    pub(crate) async fn another(&self) -> Journal {
        handle(&self.options, MASTER, Vec::new()).await
    }

    /// A handle with another wrapping key.
    pub(crate) async fn with_master(&self, master: [u8; 32]) -> Journal {
        handle(&self.options, master, Vec::new()).await
    }

    /// A handle with these inline views.
    pub(crate) async fn with_views(&self, views: Vec<Arc<dyn InlineView>>) -> Journal {
        handle(&self.options, MASTER, views).await
    }

    pub(crate) fn options(&self) -> PgConnectOptions {
        self.options.clone()
    }

    pub(crate) async fn superuser(&self) -> PgConnection {
        self.options().connect().await.unwrap()
    }

    pub(crate) async fn acting_as(&self, role: ActingAs) -> PgConnection {
        connect::connection(&self.options(), role).await.unwrap()
    }

    /// A login as deployments have it: no superuser, no rights but through its roles.
    pub(crate) async fn login(&self) -> (String, PgConnectOptions) {
        let name: String = sqlx::query_scalar("select 'login_' || current_database()")
            .fetch_one(&mut self.superuser().await)
            .await
            .unwrap();
        let create = format!(
            "create role {name} login noinherit;
             grant annals_app, annals_sequencer, annals_keys to {name};
             alter role {name} set role to annals_app"
        );
        run(&mut self.superuser().await, &create).await.unwrap();
        let options = self.options().username(&name);
        (name, options)
    }

    /// Logins are the whole server's.
    pub(crate) async fn forget_login(&self, name: &str) {
        let gone = format!("drop owned by {name}; drop role {name}");
        run(&mut self.superuser().await, &gone).await.unwrap();
    }

    /// Does what only the owner of everything can do, and commits it.
    pub(crate) async fn tamper(&self, statement: &str) {
        let statement = format!("{UNLOCK} {statement}");
        run(&mut self.superuser().await, &statement).await.unwrap();
    }

    /// Destroys the data key of a subject.
    pub(crate) async fn erase(&self, subject: &str) {
        let changed = sqlx::query(
            "update vault.subject_keys set wrapped = null, destroyed_at = now() where subject = $1",
        )
        .bind(subject)
        .execute(&mut self.acting_as(ActingAs::Keys).await)
        .await
        .unwrap();
        assert_eq!(changed.rows_affected(), 1, "the subject has a key");
    }

    /// Appends to one stream.
    pub(crate) async fn append(&self, stream: StreamAppend) -> Result<Receipt, AppendError> {
        append(&self.journal, stream).await
    }

    /// Gives every event that is committed now its number.
    pub(crate) async fn settle(&self) {
        crate::sequencer::tests::settle(&self.options()).await;
    }

    /// What `verify` says.
    pub(crate) async fn check(&self) -> LogReport {
        check(&mut self.superuser().await, |_, _| {}).await.unwrap()
    }

    /// The number a query of one value answers.
    pub(crate) async fn number(&self, query: &str) -> i64 {
        number(&mut self.superuser().await, query).await
    }
}

pub(crate) async fn append(
    journal: &Journal,
    stream: StreamAppend,
) -> Result<Receipt, AppendError> {
    journal.append(&Append { streams: vec![stream], ..Append::default() }).await
}

pub(crate) async fn number(conn: &mut PgConnection, query: &str) -> i64 {
    sqlx::query_scalar(query).fetch_one(conn).await.unwrap()
}

pub(crate) async fn run(conn: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    // Not `raw_sql`: its future cannot be spawned.
    conn.execute(statement).await.map(|_| ())
}

/// Inserts an event as the stock store of postgres-es does: seven columns, metadata `{}`.
pub(crate) const STOCK: &str = "insert into journal.events \
    (aggregate_type, sequence, aggregate_id, event_type, event_version, payload, metadata) \
    values ('ticket', $2, $1, 'ticket.cancelled', '1', '{\"cancelled\":{}}', '{}')";

/// Inserts a stock event over a connection of the caller's.
pub(crate) async fn stock_event(conn: &mut PgConnection, stream: Uuid, sequence: i64) {
    sqlx::query(STOCK).bind(stream.to_string()).bind(sequence).execute(conn).await.unwrap();
}

/// Ends the server side of the connection with this process number, and waits until it is gone.
pub(crate) async fn kill_backend(options: &PgConnectOptions, pid: i32) {
    let mut conn = options.connect().await.unwrap();
    let ended: bool = sqlx::query_scalar("select pg_terminate_backend($1, 20000)")
        .bind(pid)
        .fetch_one(&mut conn)
        .await
        .unwrap();
    assert!(ended, "the backend ended");
    conn.close().await.unwrap();
}

/// How many cases a test tries: `ANNALS_CASES`, or what is enough for every day.
#[expect(clippy::disallowed_methods, reason = "tests have no configuration but this")]
pub(crate) fn cases(enough: usize) -> usize {
    std::env::var("ANNALS_CASES").ok().and_then(|text| text.parse().ok()).unwrap_or(enough)
}

/// Lets a future be asked so many times, then drops it, as if its process were killed while it waits;
/// whether it was done before.
pub(crate) async fn asked<T>(times: usize, future: impl Future<Output = T>) -> bool {
    let mut future = pin!(future);
    let mut asked = 0;
    std::future::poll_fn(|context| {
        asked += 1;
        match future.as_mut().poll(context) {
            Poll::Ready(_) => Poll::Ready(true),
            Poll::Pending if asked >= times => Poll::Ready(false),
            Poll::Pending => Poll::Pending,
        }
    })
    .await
}

/// Fails a test that waits in vain, instead of hanging.
pub(crate) async fn soon<T>(what: &str, happens: impl Future<Output = T>) -> T {
    let Ok(happened) = timeout(Duration::from_secs(60), happens).await else {
        panic!("waited in vain: {what}");
    };
    happened
}

/// What all these tasks brought, in their order.
pub(crate) async fn all<T>(tasks: Vec<JoinHandle<T>>) -> Vec<T> {
    let mut results = Vec::with_capacity(tasks.len());
    for task in tasks {
        results.push(soon("a task ends", task).await.unwrap());
    }
    results
}

async fn handle(
    options: &PgConnectOptions,
    master: [u8; 32],
    views: Vec<Arc<dyn InlineView>>,
) -> Journal {
    let app = connect::pool(options, ActingAs::App, "journal", 6).await.unwrap();
    let keys = connect::pool(options, ActingAs::Keys, "vault", 2).await.unwrap();
    Journal::new(app, Keyring::new(keys, MasterKey::new(master)), views)
}
