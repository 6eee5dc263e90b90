//! Which tickets are in a sample.
//!
//! A ticket's identity and the purpose, hashed (SHA-1, as in a UUID of version 5), give a number that
//! is spread evenly over 0 to 99; a rate of n percent takes the numbers below n. So a replay, another
//! node and a second look draw alike, and whoever is in a sample is in each larger one. Identities
//! themselves begin with the time and are no draw.

use uuid::Uuid;

use crate::kernel::TicketId;

/// What a sample is drawn for. Fixed for ever: another namespace would draw others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// Whoever asked is asked back.
    Survey,
    /// A head or director checks the work.
    Check,
}

impl Purpose {
    fn namespace(self) -> Uuid {
        Uuid::from_u128(match self {
            Self::Survey => 0x5c0f_3d0e_7a61_4a5b_9d15_0b7e_6a52_c101,
            Self::Check => 0x5c0f_3d0e_7a61_4a5b_9d15_0b7e_6a52_c102,
        })
    }
}

/// Whether a sample of so many percent takes this ticket: never at 0, always from 100 on.
pub fn takes(purpose: Purpose, percent: u8, ticket: TicketId) -> bool {
    let hash = Uuid::new_v5(&purpose.namespace(), ticket.0.as_bytes());
    let (first, ..) = hash.as_fields();
    let number = (u64::from(first) * 100) >> 32;
    number < u64::from(percent)
}
