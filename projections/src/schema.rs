//! The schemas of read models: names, locks, making and dropping. Names cannot be parameters; all
//! that are put into statements here are constants of the program.

use sqlx::{Connection, Executor, PgConnection, Row};
use uuid::Uuid;

use crate::error::ProjectionError;
use crate::model::ReadModel;

/// The schema of a model's live tables.
pub(crate) fn live(model: &str) -> String {
    format!("view_{model}")
}

/// The schema a rebuild fills.
pub(crate) fn next(model: &str) -> String {
    format!("view_{model}_next")
}

/// What a rebuild has replaced, until it is dropped.
pub(crate) fn old(model: &str) -> String {
    format!("view_{model}_old")
}

/// Puts a schema's name into a statement.
pub(crate) fn within(schema: &str, sql: &str) -> String {
    sql.replace("{schema}", schema)
}

/// What at most one session does at a time to a model. The number is the advisory lock's class.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lock {
    /// Writing its live tables.
    Lease = 0x616e_6c01,
    /// Filling its next tables.
    Rebuild = 0x616e_6c02,
    /// Making schemas; of all models.
    Prepare = 0x616e_6c03,
    /// Doing a piece of background work, which has a name as a model has.
    Worker = 0x616e_6c04,
}

/// Takes the lock for as long as the connection lives, unless somebody else has it.
pub(crate) async fn try_lock(
    conn: &mut PgConnection,
    lock: Lock,
    model: &str,
) -> Result<bool, sqlx::Error> {
    let row = sqlx::query(include_str!("sql/try_lock.sql"))
        .bind(lock as i32)
        .bind(model)
        .fetch_one(conn)
        .await?;
    row.try_get("locked")
}

/// Waits for the lock, which is held for as long as the connection lives.
pub(crate) async fn lock(
    conn: &mut PgConnection,
    lock: Lock,
    model: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/lock.sql")).bind(lock as i32).bind(model).execute(conn).await?;
    Ok(())
}

/// Waits for the lock, which others may have in the same way.
pub(crate) async fn lock_shared(
    conn: &mut PgConnection,
    lock: Lock,
    name: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/lock_shared.sql"))
        .bind(lock as i32)
        .bind(name)
        .execute(conn)
        .await?;
    Ok(())
}

/// Gives the lock back while the connection lives on.
pub(crate) async fn unlock(
    conn: &mut PgConnection,
    lock: Lock,
    name: &str,
) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/unlock.sql")).bind(lock as i32).bind(name).execute(conn).await?;
    Ok(())
}

/// Whether the schema exists.
pub(crate) async fn exists(conn: &mut PgConnection, schema: &str) -> Result<bool, sqlx::Error> {
    let row =
        sqlx::query(include_str!("sql/schema_exists.sql")).bind(schema).fetch_one(conn).await?;
    row.try_get("found")
}

/// Makes the schema with the model's empty tables, all or nothing.
pub(crate) async fn create(
    conn: &mut PgConnection,
    schema: &str,
    model: &dyn ReadModel,
) -> Result<(), sqlx::Error> {
    let mut transaction = conn.begin().await?;
    run(&mut transaction, &within(schema, include_str!("sql/create_schema.sql"))).await?;
    run(&mut transaction, model.ddl()).await?;
    transaction.commit().await
}

/// Notes who makes the schema.
pub(crate) async fn set_comment(
    conn: &mut PgConnection,
    schema: &str,
    maker: Uuid,
) -> Result<(), sqlx::Error> {
    let sql = include_str!("sql/set_comment.sql").replace("{maker}", &maker.to_string());
    run(conn, &within(schema, &sql)).await
}

/// Who makes the schema, if anybody said so.
pub(crate) async fn comment(
    conn: &mut PgConnection,
    schema: &str,
) -> Result<Option<String>, sqlx::Error> {
    let row = sqlx::query(include_str!("sql/comment.sql")).bind(schema).fetch_one(conn).await?;
    row.try_get("comment")
}

/// Drops the schema, if there is one.
pub(crate) async fn drop(conn: &mut PgConnection, schema: &str) -> Result<(), sqlx::Error> {
    run(conn, &within(schema, include_str!("sql/drop_schema.sql"))).await
}

/// How far the schema's tables are.
pub(crate) async fn applied_through(
    conn: &mut PgConnection,
    schema: &str,
) -> Result<i64, sqlx::Error> {
    let sql = within(schema, include_str!("sql/applied_through.sql"));
    sqlx::query(&sql).fetch_one(conn).await?.try_get("applied_through")
}

/// The version whose tables are live, if the model was ever prepared.
pub(crate) async fn version(
    conn: &mut PgConnection,
    model: &str,
) -> Result<Option<i32>, ProjectionError> {
    let row = sqlx::query(include_str!("sql/version.sql")).bind(model).fetch_optional(conn).await?;
    Ok(row.map(|row| row.try_get("version")).transpose()?)
}

/// Enters the model's version as the live one; whoever held the lease has to take it anew.
pub(crate) async fn enter(
    conn: &mut PgConnection,
    model: &dyn ReadModel,
) -> Result<(), sqlx::Error> {
    sqlx::query(include_str!("sql/enter.sql"))
        .bind(model.name())
        .bind(model.version())
        .execute(conn)
        .await?;
    Ok(())
}

/// Runs statements without parameters.
pub(crate) async fn run(conn: &mut PgConnection, sql: &str) -> Result<(), sqlx::Error> {
    conn.execute(sqlx::raw_sql(sql)).await.map(|_| ())
}
