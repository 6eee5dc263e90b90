//! Kinds of people and the shipped roles. Their upper-case names are the API's and the storage's.

use crate::kernel::words::words;

words! {
    /// Which side of the desk a person is on.
    PersonKind {
        /// Works on tickets.
        Staff,
        /// Asks for help; never joins a unit, is never assigned, never holds.
        Client,
    }

    /// Whether a person may act.
    Life {
        /// As the role says.
        Active,
        /// Not at all, until restored.
        Suspended,
        /// Never again.
        Left,
    }

    /// The shipped roles that exist so far.
    Role {
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
}

impl Role {
    /// P3: which kind of person may have it.
    pub fn kind(self) -> PersonKind {
        match self {
            Self::Client | Self::ClientGroupLead => PersonKind::Client,
            Self::SystemAdministrator
            | Self::Director
            | Self::UnitHead
            | Self::Agent
            | Self::Auditor => PersonKind::Staff,
        }
    }
}
