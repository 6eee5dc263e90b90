//! A business "no": a stable code, a sentence, and what helps the caller to do better.
//!
//! A refusal is not an error: nothing is broken and nothing is logged as such.

use std::collections::BTreeMap;

use serde_json::Value;

/// Implemented by each aggregate's refusal enum.
pub trait Refusal: std::error::Error {
    /// Stable, upper case, prefixed by the noun: `TICKET_HELD`.
    fn code(&self) -> &'static str;

    /// The input field at fault, in camel case, when there is one.
    fn field(&self) -> Option<&'static str> {
        None
    }

    /// Machine-readable details, such as the holder of a held ticket.
    fn meta(&self) -> BTreeMap<&'static str, Value> {
        BTreeMap::new()
    }
}

/// Any aggregate's refusal, as it leaves the gateway.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("{message}")]
pub struct Refused {
    /// The stable code.
    pub code: &'static str,
    /// The sentence for a person; lower case, no trailing stop, no personal data.
    pub message: String,
    /// The input field at fault.
    pub field: Option<&'static str>,
    /// Machine-readable details.
    pub meta: BTreeMap<&'static str, Value>,
}

impl<R: Refusal> From<R> for Refused {
    fn from(refusal: R) -> Self {
        Self {
            code: refusal.code(),
            message: refusal.to_string(),
            field: refusal.field(),
            meta: refusal.meta(),
        }
    }
}
