//! Words of impact.

use async_graphql::Enum;

/// Which way relations are followed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Enum)]
#[graphql(remote = "domain::cmdb::impact::Direction")]
pub(super) enum ImpactDirection {
    /// What falls with the item.
    #[default]
    Impacts,
    /// What the item leans on.
    DependsOn,
}

/// What becomes of an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::cmdb::impact::State")]
pub(super) enum ImpactState {
    /// It falls, or it is leant on.
    Impacted,
    /// It would fall, but enough of those it leans on are up.
    NotImpacted,
}
