//! The closed vocabularies of the settings, as the schema knows them.

use async_graphql::Enum;

/// A language that notices are written in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::settings::Language")]
pub(in crate::graphql) enum Language {
    /// English.
    En,
    /// German.
    De,
    /// French.
    Fr,
    /// Polish.
    Pl,
    /// Russian.
    Ru,
    /// Ukrainian.
    Uk,
}
