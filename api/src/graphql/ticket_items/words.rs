//! The closed vocabulary of a ticket's items, as the schema knows it.

use async_graphql::Enum;
use domain::ticket_items::ItemRole;
use projections::ticket_items::Role;

/// What an item is to a ticket.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
pub(in crate::graphql) enum TicketItemRole {
    /// It failed: somebody said so.
    Manual,
    /// It did not fail, and nothing falls behind it: somebody said so.
    NotImpacted,
    /// It is the service that is asked for.
    Service,
    /// It falls with the manual ones.
    Computed,
}

impl From<Role> for TicketItemRole {
    fn from(role: Role) -> Self {
        match role {
            Role::Manual => Self::Manual,
            Role::NotImpacted => Self::NotImpacted,
            Role::Service => Self::Service,
            Role::Computed => Self::Computed,
        }
    }
}

impl From<TicketItemRole> for Role {
    fn from(role: TicketItemRole) -> Self {
        match role {
            TicketItemRole::Manual => Self::Manual,
            TicketItemRole::NotImpacted => Self::NotImpacted,
            TicketItemRole::Service => Self::Service,
            TicketItemRole::Computed => Self::Computed,
        }
    }
}

/// In which role an item is named.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::ticket_items::ItemRole")]
pub(super) enum NamedItemRole {
    /// It failed.
    Manual,
    /// It did not fail, and nothing falls behind it.
    NotImpacted,
    /// It is the service that is asked for; another one takes its place.
    Service,
}

impl NamedItemRole {
    pub(super) fn role(self) -> ItemRole {
        self.into()
    }
}
