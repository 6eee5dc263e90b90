//! Views that security depends on, changed by the very statement that appends the events.
//!
//! The journal knows none of them; `projections` implements the trait and the composition point
//! hands them over.

use domain::Fact;
use serde_json::Value;

/// A view whose rows change with the append itself.
pub trait InlineView: Send + Sync + std::fmt::Debug {
    /// One data-modifying SQL statement that takes its rows from `{rows}`, a jsonb array; an empty
    /// array changes nothing.
    fn sql(&self) -> &'static str;

    /// The rows these events make, at most one a key, sorted by key. `sequences` are the events'
    /// numbers in their streams.
    fn rows(&self, facts: &[(Fact, i64)]) -> Vec<Value>;

    /// The fields of a row that are its key. Two appends that change the same row never share a
    /// statement.
    fn key(&self) -> &'static [&'static str] {
        &["id"]
    }
}
