//! The closed vocabularies of classes, as the schema knows them.

use async_graphql::Enum;

/// What a value of an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::cmdb::Kind")]
pub(in crate::graphql) enum CiValueKind {
    /// Up to 2,000 characters.
    Text,
    /// A whole number.
    Integer,
    /// A number with up to 28 digits, as text.
    Decimal,
    /// True or false.
    Boolean,
    /// A day: `2026-11-22`.
    Date,
    /// One of the attribute's choices.
    Enum,
    /// An address of IPv4 or IPv6.
    Ip,
    /// `aa:bb:cc:dd:ee:ff`.
    Mac,
    /// Another item.
    Reference,
    /// How many of those it leans on it needs.
    Redundancy,
}

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
