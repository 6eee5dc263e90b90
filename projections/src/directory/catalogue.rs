//! All classes of configuration items, as the append keeps them.
//!
//! They are many and change rarely, and every command on an item is decided by them. So they are put
//! together once for each change: a question about their version tells whether there was one. Called
//! by [`Asking`](super::Asking).

use std::sync::{Arc, Mutex, PoisonError};

use domain::cmdb::{Catalogue, Definition};
use domain::kernel::CiClassId;
use serde::Deserialize;
use sqlx::{PgPool, Row};

use super::read::state;
use crate::error::ReadError;

/// What was put together last, and at which version.
#[derive(Debug, Default)]
pub(super) struct Catalogues(Mutex<(i64, Arc<Catalogue>)>);

#[derive(Deserialize)]
struct ClassState {
    version: i64,
    definition: Definition,
}

impl Catalogues {
    /// The classes as they are now.
    pub(super) async fn current(&self, pool: &PgPool) -> Result<Arc<Catalogue>, ReadError> {
        let row = sqlx::query(include_str!("sql/catalogue_version.sql")).fetch_one(pool).await?;
        let version: i64 = row.try_get("version")?;
        let (known, catalogue) = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if known == version {
            return Ok(catalogue);
        }
        let (version, catalogue) = read(pool).await?;
        let catalogue = Arc::new(catalogue);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.0 < version {
            *known = (version, Arc::clone(&catalogue));
        }
        Ok(catalogue)
    }
}

async fn read(pool: &PgPool) -> Result<(i64, Catalogue), ReadError> {
    let rows = sqlx::query(include_str!("sql/catalogue.sql")).fetch_all(pool).await?;
    let mut total = 0;
    let mut classes = Vec::with_capacity(rows.len());
    for row in &rows {
        let said: ClassState = state(row)?;
        total += said.version;
        classes.push((CiClassId(row.try_get("class_id")?), said.version, said.definition));
    }
    Ok((total, Catalogue::of(classes)))
}
