//! The present, for what must not be older than a day, and for the report's date.

use chrono::{DateTime, Utc};

/// Now.
#[expect(clippy::disallowed_methods, reason = "a benchmark is of today, whatever is replayed")]
pub(crate) fn now() -> DateTime<Utc> {
    Utc::now()
}
