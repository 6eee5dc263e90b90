//! The exact list scopes of the helpdesk table (B5): in, out and archive, by role.

use std::collections::BTreeSet;

use domain::access::Who;
use domain::kernel::UnitId;
use domain::person::Role;
use uuid::Uuid;

use super::{all, among, any, eq, is_null};
use crate::tickets::filter::{Operand, TicketField as Field, TicketFilter};

/// On which row of B5's list scopes somebody stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    /// Director, administrator, auditor.
    All,
    /// Head of units.
    Head,
    /// Unit user.
    Agent,
    /// Client, or lead of a group of them.
    Client,
}

impl Side {
    /// Appointed without the role, one is a head of what one heads, and a unit user besides.
    pub(super) fn of(who: &Who) -> &'static [Self] {
        match who.role {
            Role::Director | Role::SystemAdministrator | Role::Auditor => &[Self::All],
            Role::UnitHead => &[Self::Head],
            Role::Agent if who.heads.is_empty() => &[Self::Agent],
            Role::Agent => &[Self::Head, Self::Agent],
            Role::Client | Role::ClientGroupLead => &[Self::Client],
        }
    }

    pub(super) fn incoming(self, who: &Who) -> TicketFilter {
        match self {
            Self::All => all([]),
            Self::Head => among(Field::UnitId, ids(&who.heads, |unit| unit.0)),
            Self::Agent => any([eq(Field::AssigneeId, who.person), unassigned(who)]),
            Self::Client => of_clients(who),
        }
    }

    pub(super) fn outgoing(self, who: &Who) -> TicketFilter {
        match self {
            Self::All => all([]),
            Self::Head => any([
                eq(Field::AuthorId, who.person),
                among(Field::AuthorId, ids(&who.people, |person| person.0)),
            ]),
            Self::Agent => eq(Field::AuthorId, who.person),
            Self::Client => of_clients(who),
        }
    }

    pub(super) fn archive(self, who: &Who) -> TicketFilter {
        let authored = eq(Field::AuthorId, who.person);
        match self {
            Self::All => all([]),
            Self::Head => any([among(Field::UnitId, ids(&who.heads, |unit| unit.0)), authored]),
            Self::Agent => {
                let named = [eq(Field::AssigneeId, who.person), of_units(who)];
                any([all(named), unassigned(who), authored])
            }
            Self::Client => of_clients(who),
        }
    }
}

/// What was reported by or for a client, or for a lead by or for one of the group.
pub(super) fn of_clients(who: &Who) -> TicketFilter {
    let mut clients = ids(&who.clients, |client| client.0);
    clients.push(Operand::Id(who.person.0));
    any([among(Field::AuthorId, clients.clone()), among(Field::RequesterId, clients)])
}

/// What one's units have to do: those one belongs to, and those one heads.
pub(super) fn of_units(who: &Who) -> TicketFilter {
    let units: BTreeSet<UnitId> = who.units.union(&who.heads).copied().collect();
    among(Field::UnitId, ids(&units, |unit| unit.0))
}

/// What one's own units have as a whole.
fn unassigned(who: &Who) -> TicketFilter {
    all([among(Field::UnitId, ids(&who.units, |unit| unit.0)), is_null(Field::AssigneeId)])
}

fn ids<T>(of: &BTreeSet<T>, id: fn(&T) -> Uuid) -> Vec<Operand> {
    of.iter().map(|one| Operand::Id(id(one))).collect()
}
