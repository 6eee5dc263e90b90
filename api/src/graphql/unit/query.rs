//! One unit, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::UnitId;
use projections::units::{self, UnitRow};

use super::Unit;
use crate::graphql::access::{MayRead, SignedIn};
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::page::{
    Connection, Counter, Edge, PageSize, cursor_id, has_next, id_cursor, rows,
};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

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

    /// All units, by name.
    #[graphql(guard = "MayRead(Permission::UnitRead)")]
    async fn units(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Unit>> {
        let pool = services(cx)?.reads.clone();
        let has_previous = after.is_some();
        let first = rows(first);
        let after = after.map(|cursor| cursor_id("units", &cursor)).transpose()?.map(UnitId);
        let mut rows = units::page(&pool, first + 1, after).await.map_err(unread)?;
        let has_next = has_next(&mut rows, first);
        let edge =
            |row: UnitRow| Edge { cursor: id_cursor("units", row.unit_id.0), node: Unit(row) };
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { units::count(&pool).await.map_err(unread) })
        });
        let edges = rows.into_iter().map(edge).collect();
        Ok(Connection { edges, has_next, has_previous, count })
    }
}
