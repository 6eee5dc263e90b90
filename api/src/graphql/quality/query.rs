//! What is still to be checked.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::{TicketId, UnitId};
use projections::quality::{self, QualityRow};

use super::DueQualityCheck;
use crate::graphql::access::{SignedIn, reads_all, reads_some, working_caller};
use crate::graphql::context::services;
use crate::graphql::error::{forbidden, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "qualityChecksDue";

/// How good the work on tickets was.
#[derive(Default)]
pub(in crate::graphql) struct QualityQuery;

/// How good the work on tickets was.
#[Object]
impl QualityQuery {
    /// The tickets that are still to be checked, those first that were drawn first: to heads the
    /// work of their units, to those who see all tickets that of all.
    #[graphql(guard = "SignedIn")]
    async fn quality_checks_due(
        &self,
        cx: &Context<'_>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<DueQualityCheck>> {
        let units = units(cx)?;
        let pool = services(cx)?.reads.clone();
        let after: Option<TicketId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let found = quality::due_page(&pool, units.as_deref(), size + 1, after).await;
        let edge = |row: QualityRow| (row.ticket_id, DueQualityCheck(row));
        let count: Counter = Box::new(move || {
            let (pool, units) = (pool.clone(), units.clone());
            Box::pin(
                async move { quality::due_count(&pool, units.as_deref()).await.map_err(unread) },
            )
        });
        Ok(page_of(LIST, (found.map_err(unread)?, size), after.is_some(), edge, count))
    }
}

/// The units whose work the caller checks; none: all.
fn units(cx: &Context<'_>) -> Result<Option<Vec<UnitId>>> {
    if reads_all(cx, Permission::TicketQualityRead) {
        return Ok(None);
    }
    if !reads_some(cx, Permission::TicketQualityRead) {
        return Err(forbidden());
    }
    let known = working_caller(cx)?.person.as_ref();
    Ok(Some(known.map(|known| known.who.heads.iter().copied().collect()).unwrap_or_default()))
}
