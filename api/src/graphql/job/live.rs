//! How far a job is, as it goes on.

use std::time::Duration;

use async_graphql::{Context, ID, Result, Subscription};
use domain::access::Permission;
use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use projections::rebuild::{self, jobs};
use sqlx::PgPool;
use tokio::time::sleep;
use uuid::Uuid;

use super::types::Job;
use crate::graphql::access::MayRead;
use crate::graphql::context::services;
use crate::graphql::error::{bad_id, bad_request, unread};
use crate::graphql::id::decode_job;
use crate::graphql::live::{Rights, stand};

/// How often the job is looked at.
const LOOK: Duration = Duration::from_millis(250);

/// Jobs under way.
#[derive(Default)]
pub(in crate::graphql) struct JobSubscription;

/// Jobs under way.
#[Subscription]
impl JobSubscription {
    /// How far a rebuild is, whenever that changes, to its end. Whoever listens again is told how
    /// far it is by then.
    #[graphql(guard = "MayRead(Permission::ProjectionRead)")]
    async fn job_progress(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one.")] id: ID,
    ) -> Result<BoxStream<'static, Result<Job>>> {
        let id = decode_job(&id).map_err(bad_id)?;
        let reads = services(cx)?.reads.clone();
        if jobs::by_id(&reads, id).await.map_err(unread)?.is_none() {
            return Err(bad_request("there is no such job"));
        }
        let watch = Watch { id, reads, rights: Rights::open(cx)?, told: None };
        stand(cx)?;
        Ok(stream::unfold(Some(watch), Watch::next).boxed())
    }
}

/// One listener's job.
struct Watch {
    id: Uuid,
    reads: PgPool,
    rights: Rights,
    told: Option<rebuild::Job>,
}

impl Watch {
    /// What is told next; none when it is over, or when the listener's rights have changed.
    async fn next(watch: Option<Self>) -> Option<(Result<Job>, Option<Self>)> {
        let mut watch = watch?;
        if watch.told.as_ref().is_some_and(rebuild::Job::is_over) {
            return None;
        }
        loop {
            if watch.rights.have_changed(false).await {
                return None;
            }
            match jobs::by_id(&watch.reads, watch.id).await {
                Ok(Some(job)) if watch.told.as_ref() != Some(&job) => {
                    watch.told = Some(job.clone());
                    return Some((Ok(Job(job)), Some(watch)));
                }
                Ok(Some(_)) => {}
                Ok(None) => return None,
                Err(error) => return Some((Err(unread(error)), None)),
            }
            sleep(LOOK).await;
        }
    }
}
