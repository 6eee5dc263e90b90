//! The closed vocabularies of classes, as the schema knows them.

use async_graphql::Enum;

/// Which way a failure goes along a relation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::cmdb::Flow")]
pub(in crate::graphql) enum ImpactFlow {
    /// What fails takes with it what it is related to.
    Forward,
    /// What fails takes with it what is related to it.
    Backward,
    /// Neither.
    None,
}

/// What a redundancy counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::cmdb::Measure")]
pub(in crate::graphql) enum RedundancyMeasure {
    /// Items.
    Count,
    /// Hundredths of all of them.
    Percent,
}
