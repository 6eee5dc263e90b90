//! The list of plans.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::SlaPlanId;
use projections::sla_plans::{self, SlaPlanRow};

use super::SlaPlan;
use crate::graphql::access::MayRead;
use crate::graphql::listed::Listed;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, by name.
const LIST: Listed<SlaPlanId, SlaPlanRow> = Listed {
    name: "slaPlans",
    key: |row| row.sla_plan_id,
    page: |pool, first, after| Box::pin(sla_plans::page(pool, first, after)),
    count: |pool| Box::pin(sla_plans::count(pool)),
};

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
        LIST.shown(cx, (first, after), SlaPlan).await
    }
}
