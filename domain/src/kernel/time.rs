//! Time and chance, injected.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where the current instant comes from: the only source of `now`.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current instant, UTC, microseconds.
    fn now(&self) -> DateTime<Utc>;
}

/// Where new identities come from.
pub trait Ids: Send + Sync + std::fmt::Debug {
    /// A new, time-ordered identity.
    fn next(&self) -> Uuid;
}
