//! What programs can be given to do, as the schema knows it.

use async_graphql::Enum;

/// Something a program may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Enum)]
#[graphql(remote = "domain::service_account::Right")]
pub(super) enum ServiceRight {
    /// Write down new items.
    CiRegister,
    /// Say what is so of items.
    CiCorrect,
    /// Say how items relate.
    CiRelate,
    /// Retire what is gone.
    CiRetire,
    /// Ask what others may do.
    AccessEvaluate,
    /// Be told why, and who may.
    AccessExplain,
}
