//! The list of them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::TemplateId;
use projections::templates::{self, TemplateRow};

use super::Template;
use crate::graphql::access::{SignedIn, reads_all};
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "templates";

/// What tickets of a sort start with.
#[derive(Default)]
pub(in crate::graphql) struct TemplateQuery;

/// What tickets of a sort start with.
#[Object]
impl TemplateQuery {
    /// The templates that you may use, by name.
    #[graphql(guard = "SignedIn")]
    async fn templates(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whether to list retired ones too; staff alone see them.", default)]
        with_retired: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Template>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<TemplateId> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let for_clients = !reads_all(cx, Permission::TemplateRead);
        let with_retired = with_retired && !for_clients;
        let found = templates::page(&pool, with_retired, for_clients, size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |row: TemplateRow| (row.template_id, Template(row));
        let count: Counter = Box::new(move || {
            let pool = pool.clone();
            Box::pin(async move {
                templates::count(&pool, with_retired, for_clients).await.map_err(unread)
            })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
