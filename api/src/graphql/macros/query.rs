//! The list of them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::MacroId;
use projections::macros::{self, MacroRow};

use super::Macro;
use crate::graphql::access::{MayRead, macro_units};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "macros";

/// What is done to tickets in one go.
#[derive(Default)]
pub(in crate::graphql) struct MacroQuery;

/// What is done to tickets in one go.
#[Object]
impl MacroQuery {
    /// The macros that you may apply, by name: those for all staff and those of your units; whoever
    /// sees all tickets sees all macros.
    #[graphql(guard = "MayRead(Permission::MacroRead)")]
    async fn macros(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whether to list retired ones too.", default)] with_retired: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Macro>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<MacroId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let units = macro_units(cx);
        let found = macros::page(&pool, with_retired, units.as_deref(), size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |row: MacroRow| (row.macro_id, Macro(row));
        let count: Counter = Box::new(move || {
            let (pool, units) = (pool.clone(), units.clone());
            Box::pin(async move {
                macros::count(&pool, with_retired, units.as_deref()).await.map_err(unread)
            })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
