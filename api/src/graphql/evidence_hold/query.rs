//! One hold on evidence, and the list of them.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use domain::kernel::EvidenceHoldId;
use projections::evidence_holds::{self, HoldRow};

use super::EvidenceHold;
use crate::graphql::access::MayRead;
use crate::graphql::error::bad_id;
use crate::graphql::id;
use crate::graphql::listed::Listed;
use crate::graphql::loader;
use crate::graphql::page::{Connection, PageSize};
use crate::graphql::scalar::Cursor;

/// All of them, the newest first.
const LIST: Listed<EvidenceHoldId, HoldRow> = Listed {
    name: "evidenceHolds",
    key: |row| row.hold_id,
    page: |pool, first, after| Box::pin(evidence_holds::page(pool, first, after)),
    count: |pool| Box::pin(evidence_holds::count(pool)),
};

/// What is kept from being erased.
#[derive(Default)]
pub(in crate::graphql) struct EvidenceHoldQuery;

/// What is kept from being erased.
#[Object]
impl EvidenceHoldQuery {
    /// A hold on evidence; null when there is none.
    #[graphql(guard = "MayRead(Permission::EvidenceHoldRead)")]
    async fn evidence_hold(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Its id.")] id: ID,
    ) -> Result<Option<EvidenceHold>> {
        loader::evidence_hold(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// All holds on evidence, the newest first, lifted ones too.
    #[graphql(guard = "MayRead(Permission::EvidenceHoldRead)")]
    async fn evidence_holds(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<EvidenceHold>> {
        LIST.shown(cx, (first, after), EvidenceHold).await
    }
}
