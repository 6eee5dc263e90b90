//! The list of read models.

use async_graphql::{Context, Object, Result};
use domain::access::Permission;

use super::types::Projection;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::unread;

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
}
