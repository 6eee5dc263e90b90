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
