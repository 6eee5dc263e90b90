//! An item's relations, a page at a time; those of a whole page of items are read at once.

use std::fmt;
use std::str::FromStr;

use async_graphql::{Context, Object, Result};
use chrono::{DateTime, Utc};
use projections::cis::{self, At, RelationPlace, RelationQuery, RelationRow, Way};

use super::Ci;
use super::load::{RelationsOf, ci};
use super::words::CiRelationDirection;
use crate::graphql::context::{load, services};
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What an item is related to.
pub(in crate::graphql) struct CiRelation {
    row: RelationRow,
    way: Way,
    at: At,
}

/// What an item is related to.
#[Object]
impl CiRelation {
    /// Its name, as files say it.
    async fn relation(&self) -> &str {
        &self.row.relation
    }

    /// Which way it goes, seen from the item it is asked of.
    async fn direction(&self) -> CiRelationDirection {
        self.way.into()
    }

    /// The item at the other end.
    async fn ci(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        ci(cx, self.row.other(self.way), self.at).await
    }

    /// When it was said.
    async fn since(&self) -> DateTime<Utc> {
        self.row.since
    }

    /// When it was taken back; null: it holds to this day.
    async fn until(&self) -> Option<DateTime<Utc>> {
        self.row.until
    }

    /// Who said so.
    async fn source(&self) -> &str {
        &self.row.source
    }
}

/// Which of them, and which page of those.
type Which = (Option<CiRelationDirection>, Option<String>);
type Part = (Option<PageSize>, Option<Cursor>);

/// A page of an item's relations.
pub(super) async fn page(
    cx: &Context<'_>,
    item: &Ci,
    (way, relation): Which,
    (first, after): Part,
) -> Result<Connection<CiRelation>> {
    let (id, at) = (item.row.ci_id, item.at);
    let list = format!("relations:{id}");
    let after: Option<Place> = after.map(|after| place(&list, &after)).transpose()?;
    let size = rows(first);
    let query = RelationQuery {
        at,
        way: way.map(Into::into),
        relation,
        first: size + 1,
        after: after.map(|place| place.0),
    };
    let has_previous = query.after.is_some();
    let key = RelationsOf(id, query.clone());
    let found = load(cx, key).await?.unwrap_or_default();
    let edge =
        |(way, row): (Way, RelationRow)| (Place(row.place(way)), CiRelation { row, way, at });
    let pool = services(cx)?.reads.clone();
    let count: Counter = Box::new(move || {
        let (pool, query) = (pool.clone(), query.clone());
        Box::pin(async move { cis::relations_count(&pool, id, &query).await.map_err(unread) })
    });
    Ok(page_of(&list, (found, size), has_previous, edge, count))
}

/// A place as cursors say it: the way, the item at the other end, the name.
struct Place(RelationPlace);

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.0.way, self.0.other, self.0.relation)
    }
}

impl FromStr for Place {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        let mut parts = text.splitn(3, ':');
        let mut part = || parts.next().ok_or(());
        Ok(Self(RelationPlace {
            way: part()?.parse().map_err(|_| ())?,
            other: part()?.parse().map_err(|_| ())?,
            relation: part().ok().filter(|name| !name.contains('\0')).ok_or(())?.to_owned(),
        }))
    }
}
