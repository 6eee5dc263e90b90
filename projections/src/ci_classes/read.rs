//! Queries: all classes in force, now or at a position of the log.

use std::sync::{Arc, Mutex, PoisonError};

use domain::cmdb::{Catalogue, Definition};
use domain::kernel::CiClassId;
use sqlx::types::Json;
use sqlx::{PgConnection, PgExecutor, PgPool, Row};

use crate::error::ReadError;

/// The classes after an event of the log, by its number.
type Known = (i64, Arc<Catalogue>);

/// The catalogue of today, made anew when a class changes; cheap to clone. One for a process.
#[derive(Debug, Clone, Default)]
pub struct Classes {
    /// With the event of the log that it is made after.
    known: Arc<Mutex<Option<Known>>>,
}

impl Classes {
    /// All classes in force. One small statement, and a second one after a class changed.
    ///
    /// # Errors
    /// The database.
    pub async fn now(&self, pool: &PgPool) -> Result<Arc<Catalogue>, ReadError> {
        let row = sqlx::query(include_str!("sql/latest.sql")).fetch_one(pool).await?;
        let latest: i64 = row.try_get("latest")?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((made, catalogue)) = known
            && made == latest
        {
            return Ok(catalogue);
        }
        let made = Arc::new(catalogue_at(pool, latest).await?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        // Another request may have seen a later one meanwhile.
        if known.as_ref().is_none_or(|(before, _)| *before < latest) {
            *known = Some((latest, Arc::clone(&made)));
        }
        Ok(made)
    }

    /// The classes in force at a position that the model has passed, by a connection that sees it.
    /// One small statement where they are those that were asked for last.
    ///
    /// # Errors
    /// The database.
    pub async fn after(
        &self,
        conn: &mut PgConnection,
        position: i64,
    ) -> Result<Arc<Catalogue>, ReadError> {
        let sql = include_str!("sql/latest_at.sql");
        let row = sqlx::query(sql).bind(position).fetch_one(&mut *conn).await?;
        let latest: i64 = row.try_get("latest")?;
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((made, catalogue)) = known
            && made == latest
        {
            return Ok(catalogue);
        }
        let made = Arc::new(catalogue_at(conn, position).await?);
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Some((latest, Arc::clone(&made)));
        Ok(made)
    }

    /// The classes in force at a position of the log; none: today's.
    ///
    /// # Errors
    /// The database.
    pub async fn at(&self, pool: &PgPool, at: Option<i64>) -> Result<Arc<Catalogue>, ReadError> {
        match at {
            Some(position) => Ok(Arc::new(catalogue_at(pool, position).await?)),
            None => self.now(pool).await,
        }
    }
}

/// The classes in force after the event with this number.
///
/// # Errors
/// The database.
pub async fn catalogue_at(
    asked: impl PgExecutor<'_>,
    position: i64,
) -> Result<Catalogue, ReadError> {
    let rows =
        sqlx::query(include_str!("sql/in_force.sql")).bind(position).fetch_all(asked).await?;
    let definitions: Result<Vec<_>, sqlx::Error> = rows
        .iter()
        .map(|row| {
            let Json(definition): Json<Definition> = row.try_get("definition")?;
            Ok((CiClassId(row.try_get("class_id")?), row.try_get("version")?, definition))
        })
        .collect();
    Ok(Catalogue::of(definitions?))
}
