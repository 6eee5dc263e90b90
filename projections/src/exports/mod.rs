//! Whole tables of read models as texts, row by row: what an export writes into a file.
//!
//! A table's columns are what the database says they are, so that a view that gets another column
//! exports it. All that one reader reads is of one instant; a statement's rows are read while they are
//! written, so that a table's length costs no memory. No format, no right: those are the caller's.
//! Called by the API's exports.

mod column;
mod condition;
pub mod items;

use futures_util::stream::{BoxStream, StreamExt, TryStreamExt};
use journal::postgres::connect::{self, ActingAs};
use sqlx::postgres::{PgConnectOptions, PgRow};
use sqlx::{Connection, Executor, PgConnection, Postgres, QueryBuilder, Row};

pub use column::{Column, Kind};
pub use condition::{Comparison, Condition, Misfit};

use crate::SEARCH_PATH;
use crate::error::ReadError;
use crate::model::Table;
use crate::schema::{live, within};

/// Everything of one instant, and nothing but reading.
const SNAPSHOT: &str = "begin isolation level repeatable read, read only";

/// A table and its columns.
#[derive(Debug, Clone)]
pub struct Shape {
    /// In the order of the table.
    pub columns: Vec<Column>,
    schema: String,
    table: Table,
}

/// A statement that answers rows of a table.
pub struct Rows(QueryBuilder<'static, Postgres>);

/// One row: a text a column.
pub struct Line(PgRow);

/// Reads at one instant, on a connection of its own: nothing ends it for being slow.
#[derive(Debug)]
pub struct Reader {
    conn: PgConnection,
}

impl Reader {
    /// Logs in. The instant is that of the first statement.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open(login: &PgConnectOptions) -> Result<Self, ReadError> {
        let login = login.clone().options([("search_path", SEARCH_PATH)]);
        let mut conn = connect::connection(&login, ActingAs::App).await?;
        conn.execute(sqlx::raw_sql(SNAPSHOT)).await?;
        Ok(Self { conn })
    }

    /// A live table of a model, as it is now.
    ///
    /// # Errors
    /// The database failed, or the model was never prepared.
    pub async fn shape(&mut self, model: &str, table: Table) -> Result<Shape, ReadError> {
        let schema = live(model);
        let rows = sqlx::query(include_str!("sql/columns.sql"))
            .bind(format!("{schema}.{}", table.name))
            .fetch_all(&mut self.conn)
            .await?;
        let column = |row: &PgRow| Ok(Column::of(row.try_get("name")?, row.try_get("type")?));
        let columns: Vec<Column> = rows.iter().map(column).collect::<Result<_, sqlx::Error>>()?;
        if columns.is_empty() {
            return Err(ReadError::Row(table.name));
        }
        Ok(Shape { columns, schema, table })
    }

    /// The rows, as fast as they are taken.
    pub fn lines<'r>(&'r mut self, rows: &'r mut Rows) -> BoxStream<'r, Result<Line, ReadError>> {
        rows.0.build().fetch(&mut self.conn).map_ok(Line).map_err(ReadError::from).boxed()
    }

    /// The connection, for statements that are no table's.
    pub(crate) fn conn(&mut self) -> &mut PgConnection {
        &mut self.conn
    }

    /// Logs out.
    pub async fn close(self) {
        // Nothing was written, so that nothing is lost with a connection that is gone already.
        let _ = self.conn.close().await;
    }
}

impl Shape {
    /// The column of this name.
    #[must_use]
    pub fn column(&self, name: &str) -> Option<&Column> {
        self.columns.iter().find(|column| column.name == name)
    }

    /// The rows that meet all conditions, in the order of the table's key.
    #[must_use]
    pub fn rows(&self, conditions: &[Condition]) -> Rows {
        let columns: Vec<String> = self.columns.iter().map(Column::text).collect();
        let sql = within(&self.schema, include_str!("sql/rows.sql"))
            .replace("{columns}", &columns.join(", "))
            .replace("{table}", self.table.name);
        let mut sql = QueryBuilder::new(sql.trim_end());
        for (nr, condition) in conditions.iter().enumerate() {
            sql.push(if nr == 0 { " where " } else { " and " });
            condition.push(&mut sql);
        }
        sql.push(" order by ").push(self.table.key.join(", "));
        Rows(sql)
    }
}

impl Line {
    /// The text of a column, by its place; none: null.
    ///
    /// # Errors
    /// There is no such column.
    pub fn cell(&self, nr: usize) -> Result<Option<&str>, ReadError> {
        Ok(self.0.try_get(nr)?)
    }
}
