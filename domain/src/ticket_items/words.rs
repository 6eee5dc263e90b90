//! What items are to tickets.

use crate::kernel::words::words;

words! {
    /// What an item that somebody named is to the ticket.
    ItemRole {
        /// It failed.
        Manual,
        /// It did not, and nothing falls behind it.
        NotImpacted,
        /// It is the service that is asked for; it need not have failed.
        Service,
    }
}
