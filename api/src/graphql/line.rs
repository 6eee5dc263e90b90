//! What an imported line tells the mutation that does it, and hears of it.
//!
//! A mutation that is executed for a line of a file is repeated by the whole line, not by its input
//! alone; and whoever imports wants the identity of what was returned without waiting for a view to
//! show it. Put into a request by the import of commands; a client's request has none.

use std::sync::{Arc, Mutex, PoisonError};

use async_graphql::Context;
use uuid::Uuid;

/// A line on its way through the schema.
#[derive(Debug)]
pub(crate) struct Line {
    digest: [u8; 32],
    returned: Mutex<Vec<Uuid>>,
}

impl Line {
    /// A line with this SHA-256.
    pub(crate) fn new(digest: [u8; 32]) -> Arc<Self> {
        Arc::new(Self { digest, returned: Mutex::default() })
    }

    /// The streams of what was returned, in order.
    pub(crate) fn returned(&self) -> Vec<Uuid> {
        self.returned.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

/// What tells a repeated line.
pub(super) fn digest(cx: &Context<'_>) -> Option<[u8; 32]> {
    cx.data_opt::<Arc<Line>>().map(|line| line.digest)
}

/// Notes what a mutation returns.
pub(super) fn returned(cx: &Context<'_>, stream: Uuid) {
    if let Some(line) = cx.data_opt::<Arc<Line>>() {
        line.returned.lock().unwrap_or_else(PoisonError::into_inner).push(stream);
    }
}
