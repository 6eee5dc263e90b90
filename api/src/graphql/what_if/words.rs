//! What clocks say of their limits, as the schema knows it.

use async_graphql::Enum;

/// What a clock says of its limit.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::what_if::Verdict")]
pub(super) enum SlaVerdict {
    /// There is no limit to keep.
    Unmeasured,
    /// It is within its limit, and goes on.
    Open,
    /// It kept its limit.
    Met,
    /// It is beyond its limit.
    Breached,
}
