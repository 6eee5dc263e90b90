//! Which read model, and how.

use std::sync::Arc;

use async_graphql::InputObject;
use projections::{ReadModel, read_models, rebuild};

use crate::graphql::input::one_way;
use crate::graphql::refusal::{ErrorCode, UserError};

/// A read model that is to be made anew.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ProjectionRebuildInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Its name.
    pub(super) name: String,
    /// How many fill side by side, 1 to 64.
    pub(super) workers: Option<usize>,
}

/// A read model.
#[derive(Debug, Clone, InputObject)]
pub(super) struct ProjectionJobInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Its name.
    pub(super) name: String,
}

impl ProjectionRebuildInput {
    /// The number that was wished for, or the usual one.
    pub(super) fn workers(&self) -> Result<usize, UserError> {
        let workers = self.workers.unwrap_or(rebuild::WORKERS);
        if (1..=rebuild::WORKERS_MAX).contains(&workers) {
            return Ok(workers);
        }
        Err(one_way("workers", "between 1 and 64 fill side by side"))
    }
}

/// The read model of this name.
pub(super) fn model(name: &str) -> Result<Arc<dyn ReadModel>, UserError> {
    read_models().into_iter().find(|model| model.name() == name).ok_or_else(|| {
        UserError::new(ErrorCode::ProjectionNotFound, "there is no such read model").at("name")
    })
}
