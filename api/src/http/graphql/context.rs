//! The seam to the rest of the server: who calls, and what is said beside the data.

use std::collections::BTreeMap;

use async_graphql::{Request, Value, async_trait::async_trait};
use axum::http::HeaderMap;

use super::RequestRefusal;
use crate::graphql::guard::Audience;

/// A request with everything its resolvers need, and what its caller may spend.
pub struct Prepared {
    /// The request, with the caller and the loaders in its data.
    pub request: Request,
    /// Which budget the operation is charged to.
    pub audience: Audience,
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
    ) -> Result<Prepared, RequestRefusal>;

    /// What stands in `extensions` of the answer: `requestId`, `consistency`.
    async fn extensions(&self, headers: &HeaderMap, outcome: Outcome) -> BTreeMap<String, Value>;
}
