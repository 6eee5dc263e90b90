//! The list of them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::FieldId;
use projections::custom_fields::{self, CustomFieldRow, FieldFilter};

use super::CustomField;
use crate::graphql::access::{SignedIn, reads_all};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::ticket::words::TicketKind;

/// What the cursors of the list belong to.
const LIST: &str = "customFields";

/// What tickets say besides.
#[derive(Default)]
pub(in crate::graphql) struct CustomFieldQuery;

/// What tickets say besides.
#[Object]
impl CustomFieldQuery {
    /// The custom fields that you may see, by name; clients see those that are theirs to fill.
    #[graphql(guard = "SignedIn")]
    async fn custom_fields(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Only those that tickets of this kind have.")] kind: Option<TicketKind>,
        #[graphql(desc = "Whether to list retired ones too; staff alone see them.", default)]
        with_retired: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<CustomField>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<FieldId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let for_clients = !reads_all(cx, Permission::CustomFieldRead);
        let with_retired = with_retired && !for_clients;
        let filter = FieldFilter { with_retired, for_clients, kind: kind.map(Into::into) };
        let found = custom_fields::page(&pool, filter, size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |row: CustomFieldRow| (row.field_id, CustomField(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move { custom_fields::count(&pool, filter).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
