//! The languages people can be addressed in.

use crate::kernel::words::words;

words! {
    /// A language that notices are written in.
    Language {
        /// English
        En,
        /// German
        De,
        /// French
        Fr,
        /// Polish
        Pl,
        /// Russian
        Ru,
        /// Ukrainian
        Uk,
    }
}
