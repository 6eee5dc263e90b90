//! A fingerprint of a model's tables: how many rows, and a sum over their hashes that does not
//! depend on their order. Computed by the server.

use sqlx::{PgConnection, Row};

use crate::model::ReadModel;
use crate::schema::{live, within};

/// Equal for equal rows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digest {
    /// Rows in all tables.
    pub rows: i64,
    /// `table:rows:sum` of each table.
    pub text: String,
}

/// The digest of the model's live tables. The connection's time zone has to be UTC.
pub async fn digest(conn: &mut PgConnection, model: &dyn ReadModel) -> Result<Digest, sqlx::Error> {
    digest_of(conn, &live(model.name()), model).await
}

/// Rows in all tables of a schema.
pub(crate) async fn rows_of(
    conn: &mut PgConnection,
    schema: &str,
    model: &dyn ReadModel,
) -> Result<i64, sqlx::Error> {
    let mut rows = 0;
    for table in model.tables() {
        let sql = within(schema, include_str!("sql/count.sql")).replace("{table}", table.name);
        rows += sqlx::query(&sql).fetch_one(&mut *conn).await?.try_get::<i64, _>("rows")?;
    }
    Ok(rows)
}

pub(crate) async fn digest_of(
    conn: &mut PgConnection,
    schema: &str,
    model: &dyn ReadModel,
) -> Result<Digest, sqlx::Error> {
    let mut digest = Digest { rows: 0, text: String::new() };
    for table in model.tables() {
        let sql = within(schema, include_str!("sql/digest.sql")).replace("{table}", table.name);
        let row = sqlx::query(&sql).fetch_one(&mut *conn).await?;
        let (rows, sum): (i64, String) = (row.try_get("rows")?, row.try_get("sum")?);
        digest.rows += rows;
        if !digest.text.is_empty() {
            digest.text.push(' ');
        }
        digest.text.push_str(&format!("{}:{rows}:{sum}", table.name));
    }
    Ok(digest)
}
