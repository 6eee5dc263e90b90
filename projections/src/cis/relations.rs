//! Relations: which ones go out from items and come in to them, at any time.

use std::cmp::Ordering;

use chrono::{DateTime, Utc};
use domain::kernel::CiId;
use serde::{Deserialize, Serialize};
use sqlx::postgres::PgRow;
use sqlx::{PgPool, Postgres, QueryBuilder, Row};
use uuid::Uuid;

use super::at::At;
use crate::columns::Columns;
use crate::error::ReadError;
use crate::read::{page_size, storable};

type Sql = QueryBuilder<'static, Postgres>;

/// A relation for as long as it held.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelationRow {
    /// The item it is stored with.
    pub from_id: CiId,
    /// Its name.
    pub relation: String,
    /// The item at its other end.
    pub to_id: CiId,
    /// The event of the log that it holds from.
    pub since_seq: i64,
    /// The event from which it does not; none: it holds.
    pub until_seq: Option<i64>,
    /// Who said so.
    pub source: String,
    /// When it was said, by `occurred_at`.
    pub since: DateTime<Utc>,
    /// When it was taken back.
    pub until: Option<DateTime<Utc>>,
}

/// Which way a relation goes, seen from an item.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, strum::Display, strum::EnumString,
)]
#[strum(serialize_all = "snake_case")]
pub enum Way {
    /// It comes in: the item is its `to`.
    In,
    /// It goes out: the item is its `from`.
    Out,
}

/// Which relations.
#[derive(Debug, Clone, Default, PartialEq, Eq, Hash)]
pub struct RelationQuery {
    /// When.
    pub at: At,
    /// One way alone.
    pub way: Option<Way>,
    /// Of this name alone.
    pub relation: Option<String>,
    /// How many of each item, 1 to 101; brought within these bounds.
    pub first: i64,
    /// Behind which one.
    pub after: Option<RelationPlace>,
}

/// Where a relation stands among those of an item: by name, those that come in first, by the other
/// item.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RelationPlace {
    /// Its name.
    pub relation: String,
    /// Which way it goes.
    pub way: Way,
    /// The item at the other end.
    pub other: CiId,
}

impl RelationRow {
    /// The item at the other end.
    pub fn other(&self, way: Way) -> CiId {
        match way {
            Way::In => self.from_id,
            Way::Out => self.to_id,
        }
    }

    /// Where it stands.
    pub fn place(&self, way: Way) -> RelationPlace {
        RelationPlace { relation: self.relation.clone(), way, other: self.other(way) }
    }
}

/// The relations of each of these items, each item's in order.
///
/// # Errors
/// The database.
pub async fn relations_of(
    pool: &PgPool,
    ids: &[CiId],
    query: &RelationQuery,
) -> Result<Vec<(CiId, Way, RelationRow)>, ReadError> {
    if query.relation.as_deref().is_some_and(|name| !storable(name)) {
        return Ok(Vec::new());
    }
    let ids: Vec<Uuid> = ids.iter().map(|id| id.0).collect();
    let mut sql = QueryBuilder::new(" select w.id as item, r.* from unnest(");
    sql.push_bind(ids).push("::uuid[]) as w (id) cross join lateral (select o.* from (");
    let ways = query.ways();
    for (nr, way) in ways.iter().enumerate() {
        sql.push(if nr == 0 { "(" } else { " union all (" });
        query.push_way(&mut sql, *way);
        query.push_behind(&mut sql, *way);
        let other = way.other();
        sql.push(" order by r.relation, ").push(other).push(" limit ");
        sql.push_bind(page_size(query.first)).push(")");
    }
    sql.push(") o order by o.relation, o.way, o.other limit ").push_bind(page_size(query.first));
    sql.push(") r order by w.id, r.relation, r.way, r.other");
    let found = sql.build().fetch_all(pool).await?;
    found.iter().map(one).collect()
}

/// How many relations an item has.
///
/// # Errors
/// The database.
pub async fn relations_count(
    pool: &PgPool,
    id: CiId,
    query: &RelationQuery,
) -> Result<i64, ReadError> {
    if query.relation.as_deref().is_some_and(|name| !storable(name)) {
        return Ok(0);
    }
    let mut sql = QueryBuilder::new(" select count(*) as count from (values (");
    sql.push_bind(id.0).push("::uuid)) as w (id) cross join lateral (");
    for (nr, way) in query.ways().iter().enumerate() {
        sql.push(if nr == 0 { "" } else { " union all " });
        query.push_way(&mut sql, *way);
    }
    sql.push(") r");
    Ok(sql.build().fetch_one(pool).await?.try_get("count")?)
}

/// What began or ended between two positions, of the relations that go out from an item or come in
/// to it; at most 1,001.
///
/// # Errors
/// The database.
pub async fn relations_between(
    pool: &PgPool,
    id: CiId,
    (from, to): (i64, i64),
) -> Result<Vec<(CiId, Way, RelationRow)>, ReadError> {
    let found = sqlx::query(include_str!("sql/between.sql"))
        .bind(id.0)
        .bind(from)
        .bind(to)
        .fetch_all(pool)
        .await?;
    found.iter().map(one).collect()
}

impl Way {
    /// The column of the item at the other end.
    fn other(self) -> &'static str {
        match self {
            Self::In => "r.from_id",
            Self::Out => "r.to_id",
        }
    }

    /// The condition that a relation is one of the item `w`, and what it tells.
    fn of_item(self) -> (&'static str, &'static str) {
        match self {
            Self::In => ("'in' as way, r.from_id as other", "r.to_id = w.id"),
            Self::Out => ("'out' as way, r.to_id as other", "r.from_id = w.id"),
        }
    }
}

impl RelationQuery {
    fn ways(&self) -> Vec<Way> {
        self.way.map_or_else(|| vec![Way::In, Way::Out], |way| vec![way])
    }

    fn push_way(&self, sql: &mut Sql, way: Way) {
        let (told, is_of) = way.of_item();
        sql.push(" select r.*, ").push(told).push(" from ci_relations r where ").push(is_of);
        sql.push(" and ");
        self.at.push_is(sql, "r");
        if let Some(relation) = &self.relation {
            sql.push(" and r.relation = ").push_bind(relation.clone());
        }
    }

    fn push_behind(&self, sql: &mut Sql, way: Way) {
        let Some(after) = &self.after else { return };
        let relation = after.relation.clone();
        // Of the other way, all of the same name stand behind, or before.
        match way.cmp(&after.way) {
            Ordering::Equal => {
                sql.push(" and (r.relation, ").push(way.other()).push(") > (");
                sql.push_bind(relation).push(", ").push_bind(after.other.0).push(")");
            }
            Ordering::Greater => {
                sql.push(" and r.relation >= ").push_bind(relation);
            }
            Ordering::Less => {
                sql.push(" and r.relation > ").push_bind(relation);
            }
        }
    }
}

fn one(row: &PgRow) -> Result<(CiId, Way, RelationRow), ReadError> {
    let row = Columns { table: "ci_relations", row };
    let relation = RelationRow {
        from_id: CiId(row.get("from_id")?),
        relation: row.get("relation")?,
        to_id: CiId(row.get("to_id")?),
        since_seq: row.get("since_seq")?,
        until_seq: row.get("until_seq")?,
        source: row.get("source")?,
        since: row.get("since")?,
        until: row.get("until")?,
    };
    Ok((CiId(row.get("item")?), row.word("way")?, relation))
}
