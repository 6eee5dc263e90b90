//! Kinds of units. Their upper-case names are the API's and the storage's.

use crate::kernel::words::words;

words! {
    /// What sort of unit.
    UnitKind {
        /// Holds support units together.
        Department,
        /// Works on tickets.
        SupportUnit,
        /// Whom the desk works for.
        CustomerOrganization,
    }

    /// How a unit's new tickets find their people.
    RoutingMethod {
        /// They wait for the unit as a whole; whoever can takes them.
        Pull,
        /// To the one with the fewest open tickets.
        LeastLoaded,
        /// To each in turn: the one whose last one came longest ago.
        RoundRobin,
    }
}

impl UnitKind {
    /// Whether tickets can be assigned to it, and staff join it.
    pub fn takes_tickets(self) -> bool {
        match self {
            Self::Department | Self::SupportUnit => true,
            Self::CustomerOrganization => false,
        }
    }
}
