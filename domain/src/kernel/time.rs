//! Time and chance, injected.

use chrono::{DateTime, Utc};
use uuid::Uuid;

/// Where the current instant comes from: the only source of `now`.
pub trait Clock: Send + Sync + std::fmt::Debug {
    /// The current instant, UTC, microseconds.
    fn now(&self) -> DateTime<Utc>;

    /// Whether this is not the machine's clock, so that comparing it with others makes no sense.
    fn is_simulated(&self) -> bool {
        false
    }
}

/// Where new identities come from.
pub trait Ids: Send + Sync + std::fmt::Debug {
    /// A new, time-ordered identity.
    fn next(&self) -> Uuid;
}
