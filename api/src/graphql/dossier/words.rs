//! The closed vocabulary of a dossier, as the schema knows it.

use async_graphql::Enum;

/// What the other ticket is to this one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket_dossier::LinkKind")]
pub(super) enum LinkKind {
    /// This one is part of it.
    Parent,
    /// It is part of this one.
    Child,
    /// They have to do with each other.
    Related,
    /// This one says the same as the other, which goes on.
    DuplicateOf,
    /// The other says the same as this one, which goes on.
    DuplicatedBy,
    /// It brought this one about.
    CausedBy,
    /// This one brought it about.
    CauseOf,
}
