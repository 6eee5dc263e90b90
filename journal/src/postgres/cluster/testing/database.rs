//! A database for one test: cloned from a migrated template, dropped when the test went well.

#![expect(clippy::disallowed_methods, reason = "a test database is named by chance")]

use std::fmt::Display;

use sqlx::postgres::PgConnectOptions;
use sqlx::{ConnectOptions, Connection, PgConnection};
use uuid::Uuid;

use super::shared_test_cluster;

/// PostgreSQL cuts names at 63 bytes; the longest prefix here has nine.
const LONGEST_KEY: usize = 50;

/// A database that only one test uses. Dropped with it, also under open connections; kept, and
/// named on the error output, when the test panics.
#[derive(Debug)]
pub struct TestDatabase {
    name: String,
    server: PgConnectOptions,
}

impl TestDatabase {
    /// The superuser in this database.
    pub fn options(&self) -> PgConnectOptions {
        self.server.clone().database(&self.name)
    }

    /// The database's name.
    pub fn name(&self) -> &str {
        &self.name
    }
}

impl Drop for TestDatabase {
    fn drop(&mut self) {
        let name = &self.name;
        if std::thread::panicking() {
            let socket = self.server.get_socket().map(|folder| folder.display().to_string());
            let host = socket.unwrap_or_else(|| self.server.get_host().to_owned());
            eprintln!(
                "the database {name} of this test is kept for as long as its server runs \
                 (host {host}; ANNALS_TEST_GRACE=600 keeps a private one for ten minutes)"
            );
            return;
        }
        // On a thread with a runtime of its own: the test's one may be ending.
        let (server, statement) = (&self.server, fill(include_str!("sql/drop.sql"), &[name]));
        let dropped = std::thread::scope(|scope| {
            let work = || {
                tokio::runtime::Builder::new_current_thread().enable_all().build()?.block_on(
                    async {
                        let mut connection = server.connect().await?;
                        run(&mut connection, &statement).await?;
                        connection.close().await
                    },
                )
            };
            scope.spawn(work).join()
        });
        if !matches!(dropped, Ok(Ok(()))) {
            eprintln!("the database {name} of this test could not be dropped");
        }
    }
}

/// A fresh database that is a clone of the template `template_key`. Whoever comes first, in
/// whatever process, makes the template: `migrate` is given the superuser in an empty database. The
/// key has to change with what `migrate` does, such as a digest of the migrations; it has at
/// most 50 of the characters a-z, 0-9 and `_`.
///
/// # Panics
/// When there is no PostgreSQL, `migrate` fails, or the key is a bad one: a test without its
/// database has nothing to go on with.
pub async fn database_from_template<E: Display>(
    template_key: &str,
    migrate: impl AsyncFnOnce(PgConnectOptions) -> Result<(), E>,
) -> TestDatabase {
    let is_plain = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_';
    assert!(
        template_key.len() <= LONGEST_KEY && template_key.chars().all(is_plain),
        "a template key has at most {LONGEST_KEY} of the characters a-z, 0-9, _"
    );
    let server = match shared_test_cluster().await {
        Ok(server) => server.superuser(),
        Err(error) => panic!("no PostgreSQL for tests: {error}"),
    };
    match clone_template(&server, template_key, migrate).await {
        Ok(name) => TestDatabase { name, server },
        Err(sentence) => panic!("no database for this test: {sentence}"),
    }
}

async fn clone_template<E: Display>(
    server: &PgConnectOptions,
    key: &str,
    migrate: impl AsyncFnOnce(PgConnectOptions) -> Result<(), E>,
) -> Result<String, String> {
    let mut connection = server.connect().await.map_err(sentence)?;
    let template = format!("tpl_{key}");
    if !exists(&mut connection, &template).await? {
        // A lock in the server, not in a file: it also holds between machines that share a
        // `DATABASE_URL`, and it ends with its session, so a killed builder blocks nobody.
        sqlx::query(include_str!("sql/lock.sql"))
            .bind(&template)
            .execute(&mut connection)
            .await
            .map_err(sentence)?;
        if !exists(&mut connection, &template).await? {
            build(server, &mut connection, key, migrate).await?;
        }
        run(&mut connection, include_str!("sql/unlock.sql")).await.map_err(sentence)?;
    }
    let name = format!("t_{}", Uuid::new_v4().simple());
    let statement = fill(include_str!("sql/clone.sql"), &[&name, &template]);
    run(&mut connection, &statement).await.map_err(sentence)?;
    sqlx::query(include_str!("sql/copy_grants.sql"))
        .bind(&name)
        .bind(&template)
        .execute(&mut connection)
        .await
        .map_err(sentence)?;
    connection.close().await.map_err(sentence)?;
    Ok(name)
}

/// Builds under another name first: a killed builder leaves no half template.
async fn build<E: Display>(
    server: &PgConnectOptions,
    connection: &mut PgConnection,
    key: &str,
    migrate: impl AsyncFnOnce(PgConnectOptions) -> Result<(), E>,
) -> Result<(), String> {
    let (building, template) = (format!("building_{key}"), format!("tpl_{key}"));
    // A template that was renamed but not closed does not count as made.
    for leftover in [&building, &template] {
        let statement = fill(include_str!("sql/drop.sql"), &[leftover]);
        run(connection, &statement).await.map_err(sentence)?;
    }
    run(connection, &fill(include_str!("sql/create.sql"), &[&building])).await.map_err(sentence)?;
    migrate(server.clone().database(&building)).await.map_err(sentence)?;
    // Pools that the closure left open would forbid the renaming.
    sqlx::query(include_str!("sql/disconnect.sql"))
        .bind(&building)
        .execute(&mut *connection)
        .await
        .map_err(sentence)?;
    for statement in [include_str!("sql/rename.sql"), include_str!("sql/close.sql")] {
        let statement = fill(statement, &[&building, &template]);
        run(connection, &statement).await.map_err(sentence)?;
    }
    Ok(())
}

async fn exists(connection: &mut PgConnection, template: &str) -> Result<bool, String> {
    sqlx::query_scalar(include_str!("sql/is_template.sql"))
        .bind(template)
        .fetch_one(connection)
        .await
        .map_err(sentence)
}

async fn run(connection: &mut PgConnection, statement: &str) -> Result<(), sqlx::Error> {
    sqlx::raw_sql(statement).execute(connection).await.map(|_| ())
}

/// Puts names for `{0}` and `{1}`: names of databases cannot be parameters. They are all made here
/// of plain characters.
fn fill(statement: &str, names: &[&str]) -> String {
    names.iter().enumerate().fold(statement.to_owned(), |statement, (at, name)| {
        statement.replace(&format!("{{{at}}}"), name)
    })
}

fn sentence(error: impl Display) -> String {
    error.to_string()
}
