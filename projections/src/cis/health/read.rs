//! Queries: how it stands class by class, and the list behind each count.

use chrono::{DateTime, Utc};
use domain::kernel::{CiClassId, CiId};
use serde_json::json;
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Row};
use uuid::Uuid;

use super::terms::Terms;
use crate::error::ReadError;
use crate::read::page_size;

/// What can be amiss with an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FindingKind {
    /// It lacks what its class requires or recommends.
    Incomplete,
    /// Nothing was heard of it for long.
    Stale,
    /// It could be related to others and is to none.
    Orphan,
    /// It may be the same thing as another one.
    Duplicate,
    /// A source that knows it sent it no more.
    Missing,
}

/// What items are looked at by.
#[derive(Debug, Clone, PartialEq)]
pub struct Health {
    /// What their classes say.
    pub terms: Terms,
    /// Of what changed earlier nothing was heard for long.
    pub stale_before: DateTime<Utc>,
    /// Sources that sent all they have since then, by name.
    pub heard: Vec<String>,
}

/// How the items of a class are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[expect(missing_docs, reason = "each is a number of items; the kinds say of which")]
pub struct ClassHealth {
    pub class_id: CiClassId,
    pub total: i64,
    /// With which nothing is amiss.
    pub healthy: i64,
    pub incomplete: i64,
    pub stale: i64,
    pub orphan: i64,
    pub duplicate: i64,
    pub missing: i64,
}

/// What is amiss with an item.
#[derive(Debug, Clone, PartialEq)]
pub struct Finding {
    /// The item.
    pub ci_id: CiId,
    /// Attributes it lacks, sources that miss it, or what it has in common with others: by kind.
    pub names: Vec<String>,
    /// Since when, where that is known.
    pub since: Option<DateTime<Utc>>,
    /// What it may be the same thing as; at most ten.
    pub others: Vec<CiId>,
}

impl ClassHealth {
    /// How many there are of a kind.
    pub fn count(&self, kind: FindingKind) -> i64 {
        match kind {
            FindingKind::Incomplete => self.incomplete,
            FindingKind::Stale => self.stale,
            FindingKind::Orphan => self.orphan,
            FindingKind::Duplicate => self.duplicate,
            FindingKind::Missing => self.missing,
        }
    }
}

impl Health {
    /// How it stands, class by class; classes without items are not among them.
    ///
    /// # Errors
    /// The database.
    pub async fn by_class(&self, pool: &PgPool) -> Result<Vec<ClassHealth>, ReadError> {
        let sql = with_pairs(include_str!("sql/by_class.sql"));
        let rows = sqlx::query(&sql)
            .bind(json!(self.terms.classes))
            .bind(self.stale_before)
            .bind(&self.heard)
            .bind(&self.terms.own)
            .fetch_all(pool)
            .await?;
        rows.iter().map(class).collect()
    }

    /// Items with which this is amiss, by identity: at most `first` (1 to 101) behind `after`.
    ///
    /// # Errors
    /// The database.
    pub async fn findings(
        &self,
        pool: &PgPool,
        kind: FindingKind,
        (first, after): (i64, Option<CiId>),
    ) -> Result<Vec<Finding>, ReadError> {
        let sql = with_pairs(match kind {
            FindingKind::Incomplete => include_str!("sql/incomplete.sql"),
            FindingKind::Stale => include_str!("sql/stale.sql"),
            FindingKind::Orphan => include_str!("sql/orphan.sql"),
            FindingKind::Duplicate => include_str!("sql/duplicate.sql"),
            FindingKind::Missing => include_str!("sql/missing.sql"),
        });
        let after = after.map(|id| id.0);
        let asked =
            sqlx::query(&sql).bind(json!(self.terms.classes)).bind(after).bind(page_size(first));
        let asked = match kind {
            FindingKind::Stale => asked.bind(self.stale_before).bind(&self.heard),
            FindingKind::Duplicate => asked.bind(&self.terms.own),
            FindingKind::Incomplete | FindingKind::Orphan | FindingKind::Missing => asked,
        };
        asked.fetch_all(pool).await?.iter().map(finding).collect()
    }
}

fn class(row: &PgRow) -> Result<ClassHealth, ReadError> {
    Ok(ClassHealth {
        class_id: CiClassId(row.try_get("class_id")?),
        total: row.try_get("total")?,
        healthy: row.try_get("healthy")?,
        incomplete: row.try_get("incomplete")?,
        stale: row.try_get("stale")?,
        orphan: row.try_get("orphan")?,
        duplicate: row.try_get("duplicate")?,
        missing: row.try_get("missing")?,
    })
}

fn finding(row: &PgRow) -> Result<Finding, ReadError> {
    let others: Vec<Uuid> = row.try_get("others")?;
    Ok(Finding {
        ci_id: CiId(row.try_get("ci_id")?),
        names: row.try_get("names")?,
        since: row.try_get("since")?,
        others: others.into_iter().map(CiId).collect(),
    })
}

/// A statement that asks which items look alike, with the part that says so.
fn with_pairs(sql: &'static str) -> String {
    sql.replace("{pairs}", include_str!("sql/pairs.sql"))
}
