//! The jobs.

use async_graphql::{Context, ID, Object, Result};
use domain::access::Permission;
use projections::rebuild::jobs;

use super::types::Job;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, unread};
use crate::graphql::id::decode_job;
use crate::graphql::page::{PageSize, rows};
use crate::graphql::projection::is_projection;

/// Rebuilds.
#[derive(Default)]
pub(in crate::graphql) struct JobQuery;

/// Rebuilds.
#[Object]
impl JobQuery {
    /// Rebuilds of read models, the newest first.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn jobs(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Of this read model alone.")] projection: Option<String>,
        #[graphql(desc = "At most so many, 1 to 100.", default_with = "Some(PageSize::default())")]
        first: Option<PageSize>,
    ) -> Result<Vec<Job>> {
        let projection = projection.as_deref();
        // Nothing else can have jobs, whatever may stand in a name.
        if projection.is_some_and(|name| !is_projection(name)) {
            return Ok(Vec::new());
        }
        let found = jobs::newest(&services(cx)?.reads, projection, rows(first)).await;
        Ok(found.map_err(unread)?.into_iter().map(Job).collect())
    }

    /// One of them; null when there is none such.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn job(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: ID,
    ) -> Result<Option<Job>> {
        let id = decode_job(&id).map_err(bad_id)?;
        Ok(jobs::by_id(&services(cx)?.reads, id).await.map_err(unread)?.map(Job))
    }
}
