//! One person, lists of them, and whoever asks.

use async_graphql::{Context, ID, Object, Result};
use domain::access::{Permission, Reach};
use domain::kernel::PersonId;
use projections::people::{self, PersonFilter, PersonRow};

use super::{Person, Viewer};
use crate::gateway::guard;
use crate::graphql::access::{Known, SignedIn, caller, working_caller};
use crate::graphql::context::{services, visit};
use crate::graphql::error::{bad_id, unread};
use crate::graphql::page::{Connection, Counter, Edge, PageSize, cursor, has_next, place, rows};
use crate::graphql::scalar::Cursor;
use crate::graphql::{id, loader};

/// What the cursors of the list belong to.
const LIST: &str = "people";

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
        loader::person(cx, id::decode(&id).map_err(bad_id)?).await
    }

    /// The people that you may see, by name; clients see themselves.
    #[graphql(guard = "SignedIn")]
    async fn people(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "A part of the name, login, e-mail address or telephone number.")]
        search: Option<String>,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<Person>> {
        let search = search.filter(|search| !search.trim().is_empty());
        let caller = working_caller(cx)?;
        match (guard::reach_of(caller, Permission::PersonRead), &caller.person) {
            (Reach::All, _) => everybody(cx, search, rows(first), after).await,
            (Reach::Related, Some(known)) => {
                oneself(cx, known.who.person, search.as_deref(), after).await
            }
            (Reach::Related | Reach::None, _) => Ok(Connection::whole(Vec::new())),
        }
    }
}

async fn everybody(
    cx: &Context<'_>,
    search: Option<String>,
    size: i64,
    after: Option<Cursor>,
) -> Result<Connection<Person>> {
    let pool = services(cx)?.reads.clone();
    let filter = PersonFilter { search, ..PersonFilter::default() };
    let after: Option<PersonId> = after.map(|after| place(LIST, &after)).transpose()?;
    let found = people::page(&pool, &filter, size + 1, after).await;
    let mut found = found.map_err(unread)?;
    let has_next = has_next(&mut found, size);
    let edge = |row: PersonRow| Edge { cursor: cursor(LIST, row.person_id), node: Person(row) };
    let count: Counter = Box::new(move || {
        let (pool, filter) = (pool.clone(), filter.clone());
        Box::pin(async move { people::count(&pool, &filter).await.map_err(unread) })
    });
    let edges = found.into_iter().map(edge).collect();
    Ok(Connection { edges, has_next, has_previous: after.is_some(), count })
}

/// The list of those who see nobody but themselves.
async fn oneself(
    cx: &Context<'_>,
    person: PersonId,
    search: Option<&str>,
    after: Option<Cursor>,
) -> Result<Connection<Person>> {
    let found = loader::person(cx, person).await?;
    let found = found.filter(|person| search.is_none_or(|search| holds(&person.0, search)));
    let edge = |node| Edge { cursor: cursor(LIST, person), node };
    let mut connection = Connection::whole(found.into_iter().map(edge).collect());
    if after.is_some() {
        connection.edges.clear();
        connection.has_previous = true;
    }
    Ok(connection)
}

fn holds(person: &PersonRow, search: &str) -> bool {
    let search = search.trim().to_lowercase();
    [Some(&person.name), Some(&person.login), person.email.as_ref(), person.phone.as_ref()]
        .into_iter()
        .flatten()
        .any(|text| text.to_lowercase().contains(&search))
}
