//! What custom fields take.

use crate::kernel::words::words;

words! {
    /// What a custom field takes.
    FieldForm {
        /// One line.
        Text,
        /// Many lines.
        TextArea,
        /// One of its choices.
        Select,
        /// Some of its choices.
        MultiSelect,
    }
}
