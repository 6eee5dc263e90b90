//! An item that differs, as the schema shows it.

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, Json, Object, Result, SimpleObject};
use domain::ci::words::CiLife;
use domain::cmdb::Datum;
use domain::kernel::CiId;
use projections::ReadError;
use projections::cis::{self, At, DifferingRelation, DifferingRelations};

use super::place::End;
use crate::graphql::ci::Ci;
use crate::graphql::ci::diff::{LIFE, MERGED_INTO, differing};
use crate::graphql::ci::load::{ci, parted};
use crate::graphql::ci::words::CiDifferenceKind;
use crate::graphql::context::{load, services};
use crate::graphql::error::unread;
use crate::graphql::loader::{Loaded, Reads};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// An item that is not as it was.
pub(in crate::graphql) struct CiDifference {
    pub(super) from: Option<Ci>,
    pub(super) to: Ci,
    /// Between which positions.
    pub(super) span: (i64, i64),
    /// Whether relations that go out from it differ.
    pub(super) related: bool,
}

/// Something that is said of an item and differs.
#[derive(SimpleObject)]
struct CiDifferenceAttribute {
    /// The attribute, as files say it; `life` and `merged_into` besides.
    name: String,
    /// What counted at first.
    from: Option<Json<Datum>>,
    /// What counted at last.
    to: Option<Json<Datum>>,
}

/// A relation that goes out from an item and holds at one of two moments alone.
pub(in crate::graphql) struct CiDifferenceRelation {
    row: DifferingRelation,
    span: (i64, i64),
}

/// An item that is not as it was.
#[Object]
impl CiDifference {
    /// How it differs, in the order of the words.
    async fn kinds(&self) -> Vec<CiDifferenceKind> {
        let came_to = |life| {
            let was = self.from.as_ref().map(|from| from.row.life);
            self.to.row.life == life && was != Some(life)
        };
        let changed = self.from.as_ref().is_some_and(|from| {
            let mut differ = differing(Some(from), Some(&self.to)).into_keys();
            differ.any(|name| name != LIFE && name != MERGED_INTO)
        });
        let kinds = [
            (CiDifferenceKind::Registered, self.from.is_none()),
            (CiDifferenceKind::Changed, changed),
            (CiDifferenceKind::Related, self.from.is_some() && self.related),
            (CiDifferenceKind::Retired, came_to(CiLife::Retired)),
            (CiDifferenceKind::Merged, came_to(CiLife::Merged)),
        ];
        kinds.into_iter().filter_map(|(kind, is_so)| is_so.then_some(kind)).collect()
    }

    /// The item as it was at first; null: it was not registered.
    async fn from(&self) -> Option<&Ci> {
        self.from.as_ref()
    }

    /// The item as it was at last.
    async fn to(&self) -> &Ci {
        &self.to
    }

    /// What is said of it that differs, by name; of an item that was not registered, all that is.
    async fn attributes(&self) -> Vec<CiDifferenceAttribute> {
        let differ = differing(self.from.as_ref(), Some(&self.to)).into_iter();
        let one = |(name, (from, to)): (String, (Option<Datum>, Option<Datum>))| {
            CiDifferenceAttribute { name, from: from.map(Json), to: to.map(Json) }
        };
        differ.map(one).collect()
    }

    /// The relations that go out from it and hold at one of the two moments alone, by name: each is
    /// told of the item it is stored with.
    async fn relations(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CiDifferenceRelation>> {
        let (id, span) = (self.to.row.ci_id, self.span);
        let list = format!("differing:{id}");
        let after: Option<End> = after.map(|after| place(&list, &after)).transpose()?;
        let (size, has_previous) = (rows(first), after.is_some());
        let after = after.map(|end| (end.relation, end.to));
        let key = RelationsOf(id, DifferingRelations { span, first: size + 1, after });
        let found = match self.related {
            true => load(cx, key).await?.unwrap_or_default(),
            false => Vec::new(),
        };
        let edge = |row: DifferingRelation| {
            let end = End { relation: row.relation.clone(), to: row.to_id };
            (end, CiDifferenceRelation { row, span })
        };
        let pool = services(cx)?.reads.clone();
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move {
                cis::relations_differing_count(&pool, id, span).await.map_err(unread)
            })
        });
        Ok(page_of(&list, (found, size), has_previous, edge, count))
    }
}

/// A relation that goes out from an item and holds at one of two moments alone.
#[Object]
impl CiDifferenceRelation {
    /// Its name, as files say it.
    async fn relation(&self) -> &str {
        &self.row.relation
    }

    /// The item it goes to, as it was when it held.
    async fn ci(&self, cx: &Context<'_>) -> Result<Option<Ci>> {
        let at = if self.row.added { self.span.1 } else { self.span.0 };
        ci(cx, self.row.to_id, At::After(at)).await
    }

    /// Whether it came; if not, it went.
    async fn added(&self) -> bool {
        self.row.added
    }
}

/// The differing relations of an item that a query finds.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
struct RelationsOf(CiId, DifferingRelations);

#[async_trait]
impl Loader<RelationsOf> for Reads {
    type Value = Vec<DifferingRelation>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[RelationsOf]) -> Loaded<RelationsOf, Vec<DifferingRelation>> {
        let mut found: HashMap<RelationsOf, Vec<DifferingRelation>> = HashMap::new();
        for (query, ids) in parted(keys.iter().map(|key| (key.1.clone(), key.0))) {
            for (id, row) in cis::relations_differing(&self.pool, &ids, &query).await? {
                found.entry(RelationsOf(id, query.clone())).or_default().push(row);
            }
        }
        Ok(found)
    }
}
