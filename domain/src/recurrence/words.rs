//! The closed vocabularies of recurrences.

use crate::kernel::words::words;

words! {
    /// What becomes of an occurrence on a day that is shut.
    ClosedDay {
        /// It is left out.
        Skip,
        /// The next open day takes its place.
        NextOpen,
        /// The open day before takes its place.
        PreviousOpen,
    }

    /// What becomes of occurrences that nobody was there to open.
    Missed {
        /// Each is opened, late.
        All,
        /// The latest is opened, late; those before it are passed over.
        Latest,
    }

    /// Why an occurrence was passed over.
    Why {
        /// A later one was due as well.
        Missed,
        /// The rules did not let the ticket be opened.
        Refused,
    }
}
