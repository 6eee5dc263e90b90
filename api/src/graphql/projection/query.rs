//! The list of read models, of what they could not apply, and the journal before them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use projections::dead_letters::{self, Found};

use super::journal::JournalStatus;
use super::letter::{DeadLetter, DeadLetterState};
use super::types::{Projection, is_projection};
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::page::{Connection, Counter, PageSize, page_of, place, rows};
use crate::graphql::scalar::Cursor;

/// What the cursors of the list belong to.
const LIST: &str = "deadLetters";

/// The read side itself.
#[derive(Default)]
pub(in crate::graphql) struct ProjectionQuery;

/// The read side itself.
#[Object]
impl ProjectionQuery {
    /// All read models, and how far they are.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn projections(&self, cx: &Context<'_>) -> Result<Vec<Projection>> {
        let status = projections::status(&services(cx)?.reads).await.map_err(unread)?;
        Ok(status.into_iter().map(Projection).collect())
    }

    /// How the journal gives events their place in the log, and what holds that up.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn journal(&self, cx: &Context<'_>) -> Result<JournalStatus> {
        let status = journal::sequencer::status(&services(cx)?.reads).await;
        Ok(JournalStatus(status.map_err(internal)?))
    }

    /// Events that read models could not apply, the newest first.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn dead_letters(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of the projection of this name alone.")] projection: Option<String>,
        #[graphql(desc = "Only those that wait, or only those that do not.")] state: Option<
            DeadLetterState,
        >,
        #[graphql(
            desc = "Rows of the page, 1 to 100.",
            default_with = "Some(PageSize::default())"
        )]
        first: Option<PageSize>,
        #[graphql(desc = "Where the page before ended.")] after: Option<Cursor>,
    ) -> Result<Connection<DeadLetter>> {
        let pool = services(cx)?.reads.clone();
        // Nothing else can have dead letters, whatever may stand in a name.
        if projection.as_deref().is_some_and(|name| !is_projection(name)) {
            return Ok(Connection::whole(Vec::new()));
        }
        let found = Found { projection, open: state.map(|state| state == DeadLetterState::Open) };
        let after: Option<i64> = after.map(|after| place(LIST, &after)).transpose()?;
        let size = rows(first);
        let letters = dead_letters::list(&pool, &found, after, size + 1).await;
        let letters = letters.map_err(unread)?;
        let edge = |letter: projections::DeadLetter| (letter.id, DeadLetter(letter));
        let count: Counter = Box::new(move || {
            let (pool, found) = (pool.clone(), found.clone());
            Box::pin(async move { dead_letters::count(&pool, &found).await.map_err(unread) })
        });
        Ok(page_of(LIST, (letters, size), after.is_some(), edge, count))
    }
}
