//! Words of a source: what is done with what it sends, and with what it sends no more.

use crate::kernel::words::words;

words! {
    /// What becomes of a row that no item matches.
    OnNone {
        /// A new item.
        Create,
        /// It is reported, and nothing is done.
        Reject,
    }

    /// What becomes of a row that one item matches.
    OnOne {
        /// What it says is said of the item.
        Update,
        /// It is reported, and nothing is done.
        Reject,
    }

    /// What becomes of a row that several items match.
    OnMany {
        /// It is reported, and nothing is done.
        Reject,
        /// Likewise, and the items stand among the possible duplicates until somebody settles it.
        Queue,
    }

    /// What becomes of an item that a complete run did not send.
    OnMissing {
        /// Nothing.
        Ignore,
        /// It says since when the source misses it.
        Flag,
        /// Likewise, and is retired so many days later, unless it is sent again before.
        Retire,
    }
}
