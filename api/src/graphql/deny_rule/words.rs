//! The closed vocabulary of rules that deny, as the schema knows it.

use async_graphql::Enum;

/// Whether anything lifts a rule that denies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::model::Strength")]
pub(super) enum DenyStrength {
    /// Nothing does.
    Hard,
    /// An exception does.
    Soft,
}

/// Everybody there is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(super) enum Everybody {
    /// All of them.
    Everybody,
}
