//! The seam to the rest of the server: who calls, and what is said beside the data.

use std::collections::BTreeMap;
use std::sync::Arc;

use async_graphql::parser::types::OperationType;
use async_graphql::{Request, Value, async_trait::async_trait};
use axum::http::HeaderMap;

use super::RequestRefusal;
use crate::graphql::Said;
use crate::graphql::guard::Audience;

/// A request with everything its resolvers need, and what its caller may spend.
pub struct Prepared {
    /// The request, with the caller and the loaders in its data.
    pub request: Request,
    /// Which budget the operation is charged to.
    pub audience: Audience,
    /// For a subscription of somebody who may listen.
    pub course: Option<Arc<dyn Course>>,
    /// What resolvers will have said beside the data.
    pub said: Said,
}

/// A subscription's way through time. It is dropped with the stream.
#[async_trait]
pub trait Course: Send + Sync + 'static {
    /// Returns when there is nothing left that could keep it from beginning.
    async fn begun(&self);

    /// Where the answer stands that was given last: what a client resumes by. On one line.
    fn position(&self) -> String;

    /// Returns when nothing more may be answered: the caller's session has ended, or the server
    /// stops.
    async fn over(&self);

    /// The request once more, to go on with where it stands, when the schema ended its answers only
    /// because the caller's rights have changed; none: they are complete.
    async fn renewed(&self) -> Option<Request>;
}

/// What became of a request when its extensions are asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// The schema executed it, with or without errors.
    Executed,
    /// It was refused before the schema saw it: not worth a look at the store.
    Refused,
}

/// Supplied by the server's composition.
#[async_trait]
pub trait RequestContext: Send + Sync + 'static {
    /// Finds out who calls and puts per-request data into the request; waits for a position that
    /// the client has already seen, if its headers name one. Runs after the document guard.
    ///
    /// # Errors
    /// A refusal, usually `UNAUTHENTICATED` or `RATE_LIMITED`; the operation does not run.
    async fn prepare(
        &self,
        headers: &HeaderMap,
        request: Request,
        operation: OperationType,
    ) -> Result<Prepared, RequestRefusal>;

    /// What stands in `extensions` of the answer: `requestId`, `consistency`.
    async fn extensions(&self, headers: &HeaderMap, outcome: Outcome) -> BTreeMap<String, Value>;
}
