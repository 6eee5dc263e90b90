//! One person, lists of them, and whoever asks.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use domain::access::Permission;
use domain::kernel::PersonId;
use projections::people::{self, PersonFilter, PersonRow};

use super::filter::PersonWhere;
use super::{Person, Viewer};
use crate::gateway::Caller;
use crate::graphql::access::{
    Known, MayRead, SignedIn, caller, reads_all, sees_person, working_caller,
};
use crate::graphql::context::{services, visit};
use crate::graphql::error::{bad_id, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// What the cursors of the list belong to.
const LIST: &str = "people";

/// A position that staff have.
#[derive(SimpleObject)]
struct JobPosition {
    /// Such as "Network engineer".
    name: String,
    /// How many have it.
    people_count: i64,
}

/// People.
#[derive(Default)]
pub(in crate::graphql) struct PersonQuery;

/// People.
#[Object]
impl PersonQuery {
    /// Whoever asks.
    #[graphql(guard = "Known")]
    async fn viewer(&self, cx: &Context<'_>) -> Result<Viewer> {
        let must_change_password = visit(cx).is_some_and(|visit| visit.must_change_password);
        Ok(Viewer::new(caller(cx)?.clone(), must_change_password))
    }

    /// One person; null when there is none that you may see.
    #[graphql(guard = "SignedIn")]
    async fn person(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "The person's id.")] id: ID,
    ) -> Result<Option<Person>> {
        loader::seen_person(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// The people that you may see, by name; clients see themselves, a group lead also the group.
    #[graphql(guard = "SignedIn")]
    async fn people(
        &self,
        cx: &Context<'_>,
        #[graphql(name = "where", desc = "Which of them.")] filter: Option<PersonWhere>,
        #[graphql(desc = "A part of the name, login, e-mail address or telephone number.")]
        search: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Person>> {
        let asked = filter.unwrap_or_default().into_filter().map_err(bad_id)?;
        let search = search.filter(|search| !search.trim().is_empty());
        let among = within_reach(cx, working_caller(cx)?)?;
        page(cx, PersonFilter { search, among, ..asked }, rows(first), after).await
    }

    /// The positions of staff who have not left, by name, at most 500.
    #[graphql(guard = "MayRead(Permission::PersonRead)")]
    async fn job_positions(&self, cx: &Context<'_>) -> Result<Vec<JobPosition>> {
        let found = people::job_positions(&services(cx)?.reads).await.map_err(unread)?;
        let position = |(name, people_count)| JobPosition { name, people_count };
        Ok(found.into_iter().map(position).collect())
    }
}

/// Those whom the caller may look up; none: everybody.
fn within_reach(cx: &Context<'_>, caller: &Caller) -> Result<Option<Vec<PersonId>>> {
    if reads_all(cx, Permission::PersonRead) {
        return Ok(None);
    }
    let Some(known) = &caller.person else { return Ok(Some(Vec::new())) };
    // Of those in whose place they act, whoever is near to these.
    let near = known
        .who
        .lenders
        .iter()
        .chain([&known.who])
        .flat_map(|who| who.clients.iter().chain(&who.people).copied().chain([who.person]));
    let near: BTreeSet<PersonId> = near.collect();
    Ok(Some(near.into_iter().filter(|person| sees_person(cx, *person)).collect()))
}

async fn page(
    cx: &Context<'_>,
    filter: PersonFilter,
    size: i64,
    after: Option<Cursor>,
) -> Result<Connection<Person>> {
    let pool = services(cx)?.reads.clone();
    let after: Option<PersonId> = after.map(|after| place(LIST, &after)).transpose()?;
    let found = people::page(&pool, &filter, size + 1, after).await.map_err(unread)?;
    let edge = |row: PersonRow| (row.person_id, Person { row, full: true });
    let count: Counter = Box::new(move || {
        let (pool, filter) = (pool.clone(), filter.clone());
        Box::pin(async move { people::count(&pool, &filter).await.map_err(unread) })
    });
    Ok(page_of(LIST, (found, size), after.is_some(), edge, count))
}
