//! The list of subjects.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use domain::kernel::SubjectId;
use projections::subjects::{self, SubjectFilter, SubjectRow};

use super::Subject;
use crate::graphql::access::MayReadOwn;
use crate::graphql::context::services;
use crate::graphql::error::unread;
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "subjects";

/// What tickets are about.
#[derive(Default)]
pub(in crate::graphql) struct SubjectQuery;

/// What tickets are about.
#[Object]
impl SubjectQuery {
    /// What new tickets can be about, by name; if asked for, also what is retired.
    #[graphql(guard = "MayReadOwn(Permission::SubjectRead)")]
    async fn subjects(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "A part of the name.")] search: Option<String>,
        #[graphql(desc = "Also those that no new ticket is about.", default)] include_retired: bool,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Subject>> {
        let pool = services(cx)?.reads.clone();
        let after: Option<SubjectId> = after.map(|after| place(LIST, &after)).transpose()?;
        let filter = SubjectFilter {
            search: search.filter(|search| !search.trim().is_empty()),
            retired: (!include_retired).then_some(false),
        };
        let size = rows(first);
        let found = subjects::page(&pool, &filter, size + 1, after).await.map_err(unread)?;
        let edge = |row: SubjectRow| (row.subject_id, Subject(row));
        let count: Counter = Box::new(move || {
            let (pool, filter) = (pool.clone(), filter.clone());
            Box::pin(async move { subjects::count(&pool, &filter).await.map_err(unread) })
        });
        Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
    }
}
