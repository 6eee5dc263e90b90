//! One unit, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::UnitId;
use projections::units::{self, UnitRow};

use super::Unit;
use super::filter::UnitWhere;
use crate::graphql::access::{MayRead, SignedIn};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// What the cursors of the list belong to.
const LIST: &str = "units";

/// Units.
#[derive(Default)]
pub(in crate::graphql) struct UnitQuery;

/// Units.
#[Object]
impl UnitQuery {
    /// One unit; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn unit(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<Unit>> {
        loader::unit(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// The units that are open, or those asked for, by name.
    #[graphql(guard = "MayRead(Permission::UnitRead)")]
    async fn units(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<UnitWhere>,
        #[graphql(desc = "A part of the name.")] search: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Unit>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<UnitId> = after.map(|after| place(LIST, &after)).transpose()?;
        let filter = filter.unwrap_or_default().into_filter(search).map_err(bad_id)?;
        let size = rows(first);
        let found = units::page(&pool, &filter, size + 1, after).await.map_err(unread)?;
        let edge = |row: UnitRow| (row.unit_id, Unit(row));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(async move { units::count(&pool, &filter).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
