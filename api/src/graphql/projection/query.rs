//! The list of read models, and the journal before them.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;

use super::journal::JournalStatus;
use super::types::Projection;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};

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
}
