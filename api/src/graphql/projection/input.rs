//! What is said about a projection, or about what it could not apply.

use async_graphql::{ID, InputObject};

/// An event that is tried again.
#[derive(InputObject)]
pub(super) struct DeadLetterRetryInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Which dead letter.
    pub(super) dead_letter_id: ID,
    /// Why, in your words, at most 2,000 characters.
    pub(super) reason: Option<String>,
}

/// A stream whose rows are made anew.
#[derive(InputObject)]
pub(super) struct DeadLetterResolveInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Which dead letter.
    pub(super) dead_letter_id: ID,
    /// Why, in your words, at most 2,000 characters.
    pub(super) reason: String,
}

/// An event that is left out.
#[derive(InputObject)]
pub(super) struct DeadLetterDiscardInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// Which dead letter.
    pub(super) dead_letter_id: ID,
    /// Why, in your words, at most 2,000 characters.
    pub(super) reason: String,
}

/// A projection that is to stand still.
#[derive(InputObject)]
pub(super) struct ProjectionPauseInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// The name of the projection.
    pub(super) name: String,
    /// Why, in your words, at most 2,000 characters; it stands beside the projection.
    pub(super) reason: String,
}

/// A projection that is to go on.
#[derive(InputObject)]
pub(super) struct ProjectionResumeInput {
    /// Comes back in the payload as it is.
    pub(super) client_mutation_id: Option<String>,
    /// The name of the projection.
    pub(super) name: String,
}
