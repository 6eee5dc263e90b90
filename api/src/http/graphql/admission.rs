//! The one door: a request is read, weighed and prepared here, whatever transport it came by.

use std::sync::Arc;

use async_graphql::{
    Executor, Request,
    parser::{
        Error as ParseError,
        types::{ExecutableDocument, OperationType},
    },
};
use axum::http::HeaderMap;

use super::{Accepted, Course, Endpoint, Envelope, Prepared, RequestErrorCode, RequestRefusal};
use crate::graphql::Said;
use crate::graphql::guard::{self, Audience, Cost};

/// How a request came, which decides what it may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Transport {
    /// No mutations: a link must not change anything.
    Get,
    /// Everything.
    Post,
}

impl Transport {
    fn admits(self, operation: OperationType, accepted: Accepted) -> Result<(), RequestRefusal> {
        match (self, operation) {
            (_, OperationType::Query) | (Self::Post, OperationType::Mutation) => Ok(()),
            (_, OperationType::Subscription) if accepted.stream => Ok(()),
            (Self::Get, OperationType::Mutation) => Err(RequestRefusal::new(
                RequestErrorCode::MethodNotAllowed,
                "a mutation needs the method POST",
            )),
            (_, OperationType::Subscription) => Err(RequestRefusal::new(
                RequestErrorCode::NotAcceptable,
                "a subscription is answered as text/event-stream; accept that",
            )),
        }
    }
}

/// A request that may be executed.
pub struct Admitted {
    /// Parsed and prepared.
    pub request: Request,
    /// Which kind of operation will run.
    pub operation: OperationType,
    /// What it may cost.
    pub cost: Cost,
    /// A subscription's way through time.
    pub course: Option<Arc<dyn Course>>,
    /// What resolvers will have said beside the data.
    pub said: Said,
}

impl<E: Executor> Endpoint<E> {
    /// Reads and weighs a document, then asks who calls. In this order, so that a stranger's bomb
    /// costs neither a long walk nor a look at the store.
    ///
    /// # Errors
    /// The first refusal; nothing has been executed.
    pub async fn admit(
        &self,
        envelope: Envelope,
        headers: &HeaderMap,
        transport: Transport,
        accepted: Accepted,
    ) -> Result<Admitted, RequestRefusal> {
        guard::check_source(&envelope.query, &self.limits)?;
        let document =
            self.documents.read(&envelope.query).map_err(|error| parse_failed(&error))?;
        let text = envelope.query.clone();
        let mut request = envelope.into_request();
        let name = request.operation_name.as_deref();
        let cost = guard::check(&document, name, &request.variables, &self.limits)?;
        let chosen = guard::selected(&document, name).ok_or_else(unknown_operation)?;
        let operation = chosen.ty;
        transport.admits(operation, accepted)?;
        request.set_parsed_query(ExecutableDocument::clone(&document));
        let Prepared { request, audience, course, said } =
            self.context.prepare(headers, request, operation).await?;
        cost.within(audience, &self.limits)?;
        if audience != Audience::Anonymous {
            self.documents.keep(text, document);
        }
        Ok(Admitted { request, operation, cost, course, said })
    }
}

fn unknown_operation() -> RequestRefusal {
    RequestRefusal::new(
        RequestErrorCode::GraphqlValidationFailed,
        "the operation name selects none of the document's operations",
    )
}

/// The parser draws the line it failed at, which would echo the document; only what it expected is
/// passed on, with the place.
fn parse_failed(error: &ParseError) -> RequestRefusal {
    let message = match error {
        ParseError::Syntax { message, start, .. } => {
            let expected =
                message.lines().last().unwrap_or_default().trim_start_matches([' ', '=']);
            format!("line {}, column {}: {expected}", start.line, start.column)
        }
        other => other.to_string(),
    };
    RequestRefusal::new(RequestErrorCode::GraphqlParseFailed, message)
}
