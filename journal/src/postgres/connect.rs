//! Pools whose connections act as one of our roles, and what a server must be able to do.

use std::time::Duration;

use sqlx::postgres::{PgConnectOptions, PgPoolOptions};
use sqlx::{ConnectOptions, Connection, PgConnection, PgPool, Row};

/// As whom a connection acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ActingAs {
    /// Adds to the journal, reads it, keeps the read models.
    App,
    /// Writes the settled log.
    Sequencer,
    /// Keeps the subjects' keys.
    Keys,
    /// Whoever logged in.
    Login,
}

impl ActingAs {
    pub(super) fn set_role(self) -> &'static str {
        match self {
            Self::App => "set role annals_app",
            Self::Sequencer => "set role annals_sequencer",
            Self::Keys => "set role annals_keys",
            Self::Login => "reset role",
        }
    }
}

/// Why a database cannot serve.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// Nobody answers, or the login is refused.
    #[error("the database cannot be reached ({})", crate::error::describe(.0))]
    Unreachable(#[from] sqlx::Error),
    /// An older server.
    #[error("the database is PostgreSQL {0}; version 15 or newer is needed")]
    TooOld(i32),
}

/// Asks the database's clock: column `now`.
pub const NOW: &str = include_str!("sql/now.sql");

/// How long to wait for a free connection.
const ACQUIRE: Duration = Duration::from_secs(10);

/// A pool whose connections act as this role, with these schemas searched first.
pub async fn pool(
    options: &PgConnectOptions,
    acting_as: ActingAs,
    search_path: &str,
    size: u32,
) -> Result<PgPool, ConnectError> {
    let options = tuned(options).options([
        ("search_path", search_path),
        // Whoever waits longer holds up everybody; what takes longer is no request's business.
        ("statement_timeout", "15s"),
        ("lock_timeout", "10s"),
    ]);
    let size = PgPoolOptions::new().max_connections(size).acquire_timeout(ACQUIRE);
    Ok(as_role(size, acting_as).connect_with(options).await?)
}

/// For statements that stay the same whatever they are asked: each is planned once, and for tables of
/// any size. Planning would take longer than most of them.
pub fn planned_once(options: &PgConnectOptions) -> PgConnectOptions {
    options.clone().options([
        ("plan_cache_mode", "force_generic_plan"),
        // A plan made while a table was empty would be bad for ever.
        ("enable_seqscan", "off"),
        ("jit", "off"),
    ])
}

/// A few such connections besides those of this pool, as `annals_app`; opened when needed.
pub fn planning_once(pool: &PgPool, size: u32) -> PgPool {
    let options = planned_once(pool.connect_options().as_ref());
    let size = PgPoolOptions::new().max_connections(size).acquire_timeout(ACQUIRE);
    as_role(size, ActingAs::App).connect_lazy_with(options)
}

fn as_role(options: PgPoolOptions, acting_as: ActingAs) -> PgPoolOptions {
    options
        // A ping before each use would double the round trips; a broken connection shows itself.
        .test_before_acquire(false)
        .after_connect(move |conn, _| {
            Box::pin(async move {
                sqlx::query(acting_as.set_role()).execute(conn).await?;
                Ok(())
            })
        })
}

/// One connection that acts as this role.
pub async fn connection(
    options: &PgConnectOptions,
    acting_as: ActingAs,
) -> Result<PgConnection, sqlx::Error> {
    let mut conn = PgConnection::connect_with(&tuned(options)).await?;
    sqlx::query(acting_as.set_role()).execute(&mut conn).await?;
    Ok(conn)
}

/// Refuses a server that is too old, or that does not answer.
pub async fn check_server(options: &PgConnectOptions) -> Result<(), ConnectError> {
    let mut conn = PgConnection::connect_with(&tuned(options)).await?;
    let row = sqlx::query(include_str!("sql/server_version.sql")).fetch_one(&mut conn).await?;
    let version: i32 = row.try_get("version")?;
    conn.close().await?;
    if version < 150_000 {
        return Err(ConnectError::TooOld(version / 10_000));
    }
    Ok(())
}

fn tuned(options: &PgConnectOptions) -> PgConnectOptions {
    options
        .clone()
        .application_name("annals")
        .options([
            // A forgotten transaction would hold up settling for everybody.
            ("idle_in_transaction_session_timeout", "60s"),
            ("client_connection_check_interval", "1s"),
            ("timezone", "UTC"),
        ])
        .log_statements(tracing::log::LevelFilter::Off)
        .log_slow_statements(tracing::log::LevelFilter::Off, Duration::ZERO)
}
