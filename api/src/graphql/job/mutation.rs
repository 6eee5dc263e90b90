//! Asking for a rebuild, for its end, for more of it, and for the tables of before.

use std::sync::Arc;

use async_graphql::{Context, Object, Result};
use domain::access::Permission;
use projections::rebuild::{self, jobs, old};
use projections::{ProjectionError, ReadModel};

use super::input::{ProjectionJobInput, ProjectionRebuildInput, model};
use super::types::{Job, JobPayload, ProjectionRollbackPayload};
use crate::graphql::access::{SignedIn, allowed};
use crate::graphql::context::services;
use crate::graphql::error::{internal, unread};
use crate::graphql::refusal::{ErrorCode, UserError};
use crate::graphql::scalar::Position;

type Asked<T> = std::result::Result<T, UserError>;

/// Rebuilds.
#[derive(Default)]
pub(in crate::graphql) struct JobMutation;

/// Rebuilds.
#[Object]
impl JobMutation {
    /// Makes a read model anew beside the live one, compares both, and swaps them. A server begins
    /// within a second; watch it by `jobProgress`.
    #[graphql(guard = "SignedIn")]
    async fn projection_rebuild(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Which one, and how.")] input: ProjectionRebuildInput,
    ) -> Result<JobPayload> {
        let wish = whose(cx, &input.name).and_then(|wish| Ok((wish, input.workers()?)));
        let asked = match wish {
            Ok(((by, model), workers)) => {
                let reads = &services(cx)?.reads;
                let job = jobs::request(reads, model.as_ref(), workers, &by).await;
                job.map_err(unread)?.ok_or_else(busy)
            }
            Err(fault) => Err(fault),
        };
        Ok(payload(input.client_mutation_id, asked))
    }

    /// Ends the rebuild of a read model that is under way, within a second. Nothing live was
    /// touched, and it can be resumed.
    #[graphql(guard = "SignedIn")]
    async fn projection_rebuild_cancel(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whose rebuild.")] input: ProjectionJobInput,
    ) -> Result<JobPayload> {
        let asked = match whose(cx, &input.name) {
            Ok((_, model)) => jobs::cancel(&services(cx)?.reads, model.name())
                .await
                .map_err(unread)?
                .ok_or_else(|| none("no rebuild of it is under way")),
            Err(fault) => Err(fault),
        };
        Ok(payload(input.client_mutation_id, asked))
    }

    /// Goes on with the last rebuild of a read model, if it was cancelled or failed.
    #[graphql(guard = "SignedIn")]
    async fn projection_rebuild_resume(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whose rebuild.")] input: ProjectionJobInput,
    ) -> Result<JobPayload> {
        let asked = match whose(cx, &input.name) {
            Ok((_, model)) => jobs::resume(&services(cx)?.reads, model.name())
                .await
                .map_err(unread)?
                .ok_or_else(|| none("its last rebuild did not stop before its end")),
            Err(fault) => Err(fault),
        };
        Ok(payload(input.client_mutation_id, asked))
    }

    /// Puts the tables that the last rebuild replaced back in their place, and keeps the others
    /// instead: the same again leads forward. Possible for a day.
    #[graphql(guard = "SignedIn")]
    async fn projection_rollback(
        &self,
        cx: &Context<'_>,
        #[graphql(desc = "Whose tables.")] input: ProjectionJobInput,
    ) -> Result<ProjectionRollbackPayload> {
        let services = services(cx)?;
        let journal = services.gateway.journal();
        let back = match whose(cx, &input.name) {
            Ok((_, model)) => match old::rollback(journal, &services.login, &model).await {
                Ok(through) => Ok(through),
                Err(error) => Err(kept(error)?),
            },
            Err(fault) => Err(fault),
        };
        let (applied_through, user_errors) = match back {
            Ok(through) => (Some(Position::Number(through)), Vec::new()),
            Err(error) => (None, vec![error]),
        };
        let client_mutation_id = input.client_mutation_id;
        Ok(ProjectionRollbackPayload { client_mutation_id, applied_through, user_errors })
    }
}

/// Who asks, if they may, and for which read model.
fn whose(cx: &Context<'_>, name: &str) -> Asked<(String, Arc<dyn ReadModel>)> {
    let by = allowed(cx, Permission::ProjectionManage)?.actor.to_string();
    Ok((by, model(name)?))
}

fn payload(client_mutation_id: Option<String>, asked: Asked<rebuild::Job>) -> JobPayload {
    let (job, user_errors) = match asked {
        Ok(job) => (Some(Job(job)), Vec::new()),
        Err(error) => (None, vec![error]),
    };
    JobPayload { client_mutation_id, job, user_errors }
}

fn busy() -> UserError {
    UserError::new(ErrorCode::ProjectionBusy, "a rebuild of it is under way")
}

fn none(sentence: &str) -> UserError {
    UserError::new(ErrorCode::ProjectionNoJob, sentence)
}

/// Why there is nothing to go back to.
fn kept(error: ProjectionError) -> Result<UserError> {
    match error {
        ProjectionError::Busy(_) => Ok(busy()),
        ProjectionError::NothingKept(_) | ProjectionError::KeptOtherVersion(..) => {
            Ok(UserError::new(ErrorCode::ProjectionNothingKept, error.to_string()))
        }
        error => Err(internal(error)),
    }
}
