//! GraphQL over HTTP: `POST /graphql`, and `GET /graphql` for what changes nothing.
//!
//! The library's own axum service runs mutations over GET and ignores `Accept` and the content
//! type; this one keeps to the GraphQL-over-HTTP draft as the `graphql-http` audits read it, and
//! puts the document guard before everything that walks a document.
//!
//! Every transport goes through the same two steps, [`Endpoint::admit`] and [`Endpoint::run`]; a
//! subscription is not run but told, event by event, for as long as somebody listens.
//!
//! It is not the schema, and it knows nobody: who calls is the business of a [`RequestContext`].
//! Response headers that all routes share (request id, `nosniff`, CORS) are layers of the server.
//! The schema given here is to be built with `disable_suggestions()`: a message that proposes
//! existing names tells a stranger the schema.
//!
//! Called by the server's composition, which merges [`routes`] into its router.

mod accept;
mod admission;
mod answer;
mod context;
mod documents;
mod envelope;
mod execution;
mod receive;
mod refusal;
mod repair;
mod stream;
mod visible;

#[cfg(test)]
mod tests;

use std::{sync::Arc, time::Duration};

use async_graphql::Executor;
use axum::{Router, routing::get};

use crate::graphql::guard::Limits;
use documents::Documents;

pub(in crate::http) use accept::sends_json;
pub use accept::{Accepted, Media};
pub use admission::{Admitted, Transport};
pub use answer::{RETRY_AFTER, answer, refuse};
pub use context::{Course, Outcome, Prepared, RequestContext};
pub use envelope::Envelope;
pub use refusal::{RequestErrorCode, RequestRefusal};
pub(crate) use visible::filter as make_visible;

/// How long an operation may run unless the endpoint is told otherwise.
pub const WALL_TIME: Duration = Duration::from_secs(10);

/// A schema with its limits and its way to know the caller.
pub struct Endpoint<E> {
    schema: E,
    documents: Documents,
    limits: Limits,
    context: Arc<dyn RequestContext>,
    wall_time: Duration,
}

impl<E: Executor> Endpoint<E> {
    /// An endpoint that stops operations after [`WALL_TIME`].
    pub fn new(schema: E, limits: Limits, context: Arc<dyn RequestContext>) -> Self {
        Self { schema, documents: Documents::default(), limits, context, wall_time: WALL_TIME }
    }

    /// The same with another time limit.
    #[must_use]
    pub fn with_wall_time(self, wall_time: Duration) -> Self {
        Self { wall_time, ..self }
    }

    /// The schema, for transports that execute it differently.
    pub fn schema(&self) -> &E {
        &self.schema
    }
}

/// The route `/graphql` with its three answers: anything by POST, anything but a mutation by GET,
/// and 405 for all other methods.
pub fn routes<E: Executor>(endpoint: Arc<Endpoint<E>>) -> Router {
    let methods =
        get(receive::by_get::<E>).post(receive::by_post::<E>).fallback(receive::by_another_method);
    Router::new().route("/graphql", methods).with_state(endpoint)
}
