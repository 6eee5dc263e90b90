//! The closed vocabulary of rules of segregation of duties, as the schema knows it.

use async_graphql::Enum;

/// What happens when a rule would be broken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::SodAction")]
pub(super) enum SodAction {
    /// It is refused.
    Block,
    /// It takes an exception.
    Approve,
    /// It is let pass, and watched.
    Record,
    /// What breaks it is taken back.
    Prune,
}
