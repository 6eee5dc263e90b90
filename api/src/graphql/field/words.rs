//! The closed vocabulary of custom fields, as the schema knows it.

use async_graphql::Enum;

/// What a custom field takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::custom_field::FieldForm")]
pub(in crate::graphql) enum FieldForm {
    /// One line.
    Text,
    /// Many lines.
    TextArea,
    /// One of its choices.
    Select,
    /// Some of its choices.
    MultiSelect,
}
