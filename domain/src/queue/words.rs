//! Who sees a saved queue.

use crate::kernel::words::words;

words! {
    /// Who sees a saved queue; what is in it is each reader's own.
    Sharing {
        /// Its owner.
        Private,
        /// The staff of a unit.
        Unit,
        /// All staff.
        Staff,
    }
}
