//! The list of plans.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::SlaPlanId;
use projections::sla_plans::{self, SlaPlanRow};

use super::SlaPlan;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "slaPlans";

/// How long things may take.
#[derive(Default)]
pub(in crate::graphql) struct SlaPlanQuery;

/// How long things may take.
#[Object]
impl SlaPlanQuery {
    /// The service level plans, by name.
    #[graphql(guard = "MayRead(Permission::SlaPlanRead)")]
    async fn sla_plans(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<SlaPlan>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<SlaPlanId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = sla_plans::page(&pool, size + 1, after).await.map_err(unread)?;
        let edge = |row: SlaPlanRow| (row.sla_plan_id, SlaPlan(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { sla_plans::count(&pool).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
