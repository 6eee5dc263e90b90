//! A read model as it was behind a place of the log: folded from its first event up to there, beside
//! the live tables and without a look at them.
//!
//! Into temporary tables that go with their connection, or into a schema of its own that stays. Called
//! by the replay tools.

#[cfg(test)]
mod tests;

use futures_util::TryStreamExt;
use journal::{Journal, read};
use serde_json::Value;
use sqlx::postgres::PgConnectOptions;
use sqlx::{Connection, PgConnection, Row};
use uuid::Uuid;

use crate::compare::fold::{self, Fold, TEMPORARY};
use crate::compare::{is_by_log, log};
use crate::error::ProjectionError;
use crate::held::Held;
use crate::history;
use crate::model::{Grain, ReadModel, Step, Table};
use crate::schema;
use crate::session;

/// Which rows are wanted, and where.
#[derive(Debug, Clone, Copy, Default)]
pub struct Wanted<'a> {
    /// The last event that they show.
    pub through: i64,
    /// Those of this stream alone: of a model of the stream's grain.
    pub of: Option<Uuid>,
    /// A schema that is made for them; absent: temporary tables.
    pub schema: Option<&'a str>,
}

/// A model's tables as they were.
#[derive(Debug)]
pub struct Then {
    conn: PgConnection,
    schema: String,
}

/// Makes the model's tables as of then. `conn` is inside one snapshot, in which nothing is written;
/// `progress` hears how many events are folded, of how many.
///
/// # Errors
/// The schema is there already, or the rows of one stream are wanted of a model that cannot be told by
/// the stream; an event this version cannot read; the database. Nothing is left of a schema that was begun.
pub async fn view(
    conn: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    wanted: Wanted<'_>,
    mut progress: impl FnMut(i64, i64) + Send,
) -> Result<Then, ProjectionError> {
    if wanted.of.is_some() && (model.grain() == Grain::Log || model.is_inline()) {
        return Err(ProjectionError::NotByStream(model.name()));
    }
    let Some(name) = wanted.schema else {
        let mut then = fold::scratch(journal, model).await?;
        fill(conn, &mut then, journal, model, (wanted, &mut progress)).await?;
        return Ok(Then { conn: then, schema: TEMPORARY.to_owned() });
    };
    if schema::exists(conn, name).await? {
        return Err(ProjectionError::SchemaThere(name.to_owned()));
    }
    // A word of SQL's own is as good a name as any.
    let quoted = format!("\"{name}\"");
    let mut then = journal.pool().acquire().await?.detach();
    // All or nothing, also for whoever is interrupted.
    let mut made = then.begin().await?;
    let create = schema::within(&quoted, include_str!("sql/create_schema.sql"));
    schema::run(&mut made, &create).await?;
    fold::tables_in(&mut made, model, &quoted).await?;
    fill(conn, &mut made, journal, model, (wanted, &mut progress)).await?;
    made.commit().await?;
    Ok(Then { conn: then, schema: quoted })
}

/// Drops every schema that was made for a view as it was: they hold words that nobody may keep any more.
/// How many there were.
///
/// # Errors
/// The database.
pub async fn drop_all(options: &PgConnectOptions) -> Result<u64, ProjectionError> {
    let mut conn = session::open(options, "read").await?;
    let found = sqlx::query(include_str!("sql/schemas.sql")).fetch_all(&mut conn).await?;
    for row in &found {
        schema::drop(&mut conn, row.try_get("name")?).await?;
    }
    conn.close().await?;
    Ok(u64::try_from(found.len()).unwrap_or(u64::MAX))
}

async fn fill(
    conn: &mut PgConnection,
    scratch: &mut PgConnection,
    journal: &Journal,
    model: &dyn ReadModel,
    (wanted, progress): (Wanted<'_>, &mut (dyn FnMut(i64, i64) + Send)),
) -> Result<(), ProjectionError> {
    let held = Held::up_to(wanted.through);
    if let Some(id) = wanted.of {
        let types = match model.types() {
            [] => read::whole::types(conn).await?,
            types => types.iter().map(ToString::to_string).collect(),
        };
        let types: Vec<&str> = types.iter().map(String::as_str).collect();
        let keys = (journal.keyring(), journal.upcasters());
        let events = read::several(conn, keys, &types, &[id], wanted.through).await?;
        let step = Step { from: 0, to: 0, epoch: 0, fresh: true };
        return fold::write(scratch, model, &events, step).await;
    }
    if is_by_log(model) {
        let mut member = [log::Member { model, held, scratch }];
        return log::fold(conn, journal, &mut member, progress).await;
    }
    let fold = Fold { conn, scratch, journal, model };
    if !model.is_inline() {
        return fold.streams(&held, progress).await;
    }
    let up_to = history::place_of(fold.conn, wanted.through).await?;
    fold.inline(up_to, progress).await.map(|_| ())
}

impl Then {
    /// Gives every row of a table, in the order of its key, as JSON.
    ///
    /// # Errors
    /// The database; what `give` says.
    pub async fn each<E: From<sqlx::Error>>(
        &mut self,
        table: &Table,
        mut give: impl FnMut(Value) -> Result<(), E>,
    ) -> Result<(), E> {
        sqlx::query(include_str!("../compare/sql/utc.sql")).execute(&mut self.conn).await?;
        let sql = schema::within(&self.schema, include_str!("../compare/sql/rows.sql"))
            .replace("{table}", table.name)
            .replace("{key}", &table.key.join(", "));
        let mut rows = sqlx::query(&sql).fetch(&mut self.conn);
        while let Some(row) = rows.try_next().await? {
            give(row.try_get("stored")?)?;
        }
        Ok(())
    }
}
