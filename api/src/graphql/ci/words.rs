//! The closed vocabularies of items, as the schema knows them.

use async_graphql::Enum;

/// Where in its life an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ci::words::CiLife")]
pub(in crate::graphql) enum CiLife {
    /// It is there.
    Active,
    /// It is not used any more.
    Retired,
    /// Another item goes on in its place.
    Merged,
}

/// What a value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::cmdb::Kind")]
pub(in crate::graphql) enum CiAttributeKind {
    /// A text.
    Text,
    /// A whole number.
    Integer,
    /// A number, as text.
    Decimal,
    /// True or false.
    Boolean,
    /// A day, such as 2026-11-22.
    Date,
    /// One of the attribute's choices.
    Enum,
    /// An address of IPv4 or IPv6.
    Ip,
    /// Six pairs of hexadecimal digits, parted by colons.
    Mac,
    /// Another item.
    Reference,
    /// How many of those it leans on it needs.
    Redundancy,
}

/// How an item differs between two moments.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum CiDifferenceKind {
    /// It was not there before.
    Registered,
    /// Something else is said of it.
    Changed,
    /// It has other relations.
    Related,
    /// It is not used any more.
    Retired,
    /// Another item goes on in its place.
    Merged,
}

/// Which way a relation goes, seen from an item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "projections::cis::Way")]
pub(in crate::graphql) enum CiRelationDirection {
    /// It comes in from the other item.
    In,
    /// It goes out to the other item.
    Out,
}
