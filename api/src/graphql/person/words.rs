//! The closed vocabularies of a person, as the schema knows them.

use async_graphql::Enum;

/// Which side of the desk a person is on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::person::PersonKind")]
pub(in crate::graphql) enum PersonKind {
    /// Works on tickets.
    Staff,
    /// Asks for help.
    Client,
}

/// What a person may do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::person::Role")]
pub(in crate::graphql) enum Role {
    /// Configures everything.
    SystemAdministrator,
    /// Steers every ticket.
    Director,
    /// Steers the tickets of the units it heads.
    UnitHead,
    /// Works on tickets.
    Agent,
    /// Reads everything, changes nothing.
    Auditor,
    /// Asks for help.
    Client,
    /// Speaks for a customer organisation.
    ClientGroupLead,
}

/// Whether a person may act.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::person::Life")]
pub(in crate::graphql) enum PersonLife {
    /// As the role says.
    Active,
    /// Not at all, until restored.
    Suspended,
    /// Never again.
    Left,
}
