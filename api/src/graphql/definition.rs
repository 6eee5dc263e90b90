//! What says who may do what, read by its noun: one by its id, some together, a page of them; as they
//! are, or as they were on any day.

use std::collections::HashMap;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::marker::PhantomData;
use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::dataloader::Loader;
use async_graphql::{Context, OutputType, Result};
use domain::access::Permission;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use projections::ReadError;
use projections::access_definitions::WorkedOut;
use projections::access_definitions::{self as definitions, Defined, Definition, Listing};
use projections::cis::At;
use tokio::sync::Mutex;
use uuid::Uuid;

use super::access::reads_all;
use super::context::{load, load_all, loader, services};
use super::error::{bad_request, unread};
use super::loader::{Loaded, Reads};
use super::moment::Moment;
use super::page::{Connection, Counter, PageSize, page_of, place, rows};
use super::scalar::Cursor;

/// The read model that shows them.
pub(super) const MODEL: &str = "access_definitions";

/// Longest text that is searched for, in characters.
const SEARCH_MAX: usize = 200;

/// A definition, and the moment that it is shown of.
pub(super) struct Shown<S: Definition> {
    pub(super) row: Defined<S::Body>,
    pub(super) at: At,
}

/// A noun of the schema.
pub(super) trait Noun: OutputType + Sized {
    /// What it is a definition of.
    type Of: Definition;

    /// What the cursors of its lists belong to.
    const LIST: &'static str;
    /// The read that shows it.
    const READ: Permission;

    /// The node of a row.
    fn of(shown: Shown<Self::Of>) -> Self;
}

/// A row of a noun.
type Row<N> = Defined<<<N as Noun>::Of as Definition>::Body>;

/// What every role permits, of each moment that a request asks about, worked out once.
pub(super) type RolesWorkedOut = Mutex<HashMap<At, Arc<WorkedOut>>>;

/// A definition of a noun at a moment.
pub(super) struct DefinitionAt<S>(Uuid, At, PhantomData<fn() -> S>);

#[async_trait]
impl<S: Definition> Loader<DefinitionAt<S>> for Reads {
    type Value = Defined<S::Body>;
    type Error = Arc<ReadError>;

    async fn load(&self, keys: &[DefinitionAt<S>]) -> Loaded<DefinitionAt<S>, Defined<S::Body>> {
        let mut asked: HashMap<At, Vec<Uuid>> = HashMap::new();
        keys.iter().for_each(|key| asked.entry(key.1).or_default().push(key.0));
        let mut found = HashMap::new();
        for (at, ids) in asked {
            for row in definitions::by_ids::<S>(&self.pool, &ids, at).await? {
                found.insert(DefinitionAt::of(row.id, at), row);
            }
        }
        Ok(found)
    }
}

/// One of a noun, if there is one that the caller may see.
///
/// # Errors
/// Technical failures.
pub(super) fn one<'c, N: Noun>(
    cx: &'c Context<'_>,
    id: Uuid,
    at: At,
) -> BoxFuture<'c, Result<Option<N>>> {
    async move { Ok(seen::<N>(cx, id, at).await?.map(|row| N::of(Shown { row, at }))) }.boxed()
}

/// What one of a noun is called by now, if there is one that the caller may see.
///
/// # Errors
/// Technical failures.
pub(super) async fn name<N: Noun>(cx: &Context<'_>, id: Uuid) -> Result<Option<String>> {
    Ok(seen::<N>(cx, id, At::Now).await?.map(|row| row.name))
}

async fn seen<N: Noun>(cx: &Context<'_>, id: Uuid, at: At) -> Result<Option<Row<N>>> {
    if !reads_all(cx, N::READ) {
        return Ok(None);
    }
    load(cx, DefinitionAt::<N::Of>::of(id, at)).await
}

/// Those of these that there are and the caller may see, in the same order.
///
/// # Errors
/// Technical failures.
pub(super) async fn some<N: Noun>(
    cx: &Context<'_>,
    ids: impl IntoIterator<Item = Uuid>,
    at: At,
) -> Result<Vec<N>> {
    if !reads_all(cx, N::READ) {
        return Ok(Vec::new());
    }
    let keys: Vec<_> = ids.into_iter().map(|id| DefinitionAt::<N::Of>::of(id, at)).collect();
    let mut found = load_all(cx, keys.iter().cloned()).await?;
    let rows = keys.iter().filter_map(|key| found.remove(key));
    Ok(rows.map(|row| N::of(Shown { row, at })).collect())
}

/// A page of a noun.
///
/// # Errors
/// A cursor of another list; technical failures.
pub(super) fn list<'c, N: Noun>(
    cx: &'c Context<'_>,
    listing: Listing,
    (first, after): (Option<PageSize>, Option<Cursor>),
) -> BoxFuture<'c, Result<Connection<N>>> {
    async move {
        let pool = services(cx)?.reads.clone();
        let after: Option<Uuid> = after.map(|after| place(N::LIST, &after)).transpose()?;
        let (size, at) = (rows(first), listing.at);
        let found = definitions::page::<N::Of>(&pool, &listing, size + 1, after).await;
        let found = found.map_err(unread)?;
        let edge = |row: Defined<_>| (row.id, N::of(Shown { row, at }));
        let count: Counter = Box::new(move || {
            let (pool, listing) = (pool.clone(), listing.clone());
            Box::pin(
                async move { definitions::count::<N::Of>(&pool, &listing).await.map_err(unread) },
            )
        });
        Ok(page_of(N::LIST, (found, size), after.is_some(), edge, count))
    }
    .boxed()
}

/// What the arguments of a list ask for.
///
/// # Errors
/// A text that is too long; a moment that there is not.
pub(super) fn listing<'c>(
    cx: &'c Context<'_>,
    search: Option<String>,
    with_retired: bool,
    at: Option<Moment>,
) -> BoxFuture<'c, Result<Listing>> {
    async move {
        let search = search.filter(|text| !text.trim().is_empty());
        if search.as_ref().is_some_and(|text| text.chars().count() > SEARCH_MAX) {
            return Err(bad_request(format!("a search has at most {SEARCH_MAX} characters")));
        }
        Ok(Listing { with_retired, search, at: moment(cx, at).await?, ..Listing::default() })
    }
    .boxed()
}

/// The moment that is asked for.
///
/// # Errors
/// There is no such moment.
pub(super) fn moment<'c>(cx: &'c Context<'_>, at: Option<Moment>) -> BoxFuture<'c, Result<At>> {
    async move { at.unwrap_or_default().of(cx, &[MODEL]).await }.boxed()
}

/// What every role permits in the end, at that moment.
///
/// # Errors
/// Technical failures.
pub(super) fn worked_out<'c>(cx: &'c Context<'_>, at: At) -> BoxFuture<'c, Result<Arc<WorkedOut>>> {
    async move {
        let reads = loader(cx)?.loader();
        let mut known = reads.roles.lock().await;
        if let Some(found) = known.get(&at) {
            return Ok(Arc::clone(found));
        }
        let found = Arc::new(definitions::worked_out(&reads.pool, at).await.map_err(unread)?);
        known.insert(at, Arc::clone(&found));
        Ok(found)
    }
    .boxed()
}

impl<S> DefinitionAt<S> {
    fn of(id: Uuid, at: At) -> Self {
        Self(id, at, PhantomData)
    }
}

impl<S> Clone for DefinitionAt<S> {
    fn clone(&self) -> Self {
        Self::of(self.0, self.1)
    }
}

impl<S> PartialEq for DefinitionAt<S> {
    fn eq(&self, other: &Self) -> bool {
        (self.0, self.1) == (other.0, other.1)
    }
}

impl<S> Eq for DefinitionAt<S> {}

impl<S> Hash for DefinitionAt<S> {
    fn hash<H: Hasher>(&self, state: &mut H) {
        (self.0, self.1).hash(state);
    }
}

impl<S> fmt::Debug for DefinitionAt<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_tuple("DefinitionAt").field(&self.0).field(&self.1).finish()
    }
}
