//! The days of the week, as the schema knows them.

use async_graphql::Enum;

/// A day of the week.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::calendar::Weekday")]
pub(super) enum Weekday {
    /// As in English.
    Monday,
    /// Likewise.
    Tuesday,
    /// Likewise.
    Wednesday,
    /// Likewise.
    Thursday,
    /// Likewise.
    Friday,
    /// Likewise.
    Saturday,
    /// Likewise.
    Sunday,
}
