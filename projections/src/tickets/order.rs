//! The orders of the list.

use std::ops::RangeInclusive;

use domain::ticket::Priority;
use serde::Serialize;

use super::apply::rank;

/// By what tickets are ordered. An absent instant counts as later than all others.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the row")]
pub enum TicketOrder {
    CreatedAt,
    /// Ascending starts with CRITICAL.
    Priority,
    /// Shorter numbers first, so that `INC-9` comes before `INC-10`.
    Number,
    ChangedAt,
    ResolvedAt,
    ClosedAt,
    DueAt,
    BreachAt,
    /// Ascending starts with those somebody has to do something about.
    OpenFirst,
}

/// What needs attention first: open ones, those that breach first, the most pressing, the oldest.
pub const ATTENTION: [(TicketOrder, Direction); 4] = [
    (TicketOrder::OpenFirst, Direction::Asc),
    (TicketOrder::BreachAt, Direction::Asc),
    (TicketOrder::Priority, Direction::Asc),
    (TicketOrder::CreatedAt, Direction::Asc),
];

/// What came in: open ones, the most pressing, the newest.
pub const INCOMING: [(TicketOrder, Direction); 3] = [
    (TicketOrder::OpenFirst, Direction::Asc),
    (TicketOrder::Priority, Direction::Asc),
    (TicketOrder::CreatedAt, Direction::Desc),
];

/// Which way.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Direction {
    Asc,
    Desc,
}

/// The id follows the last order, so that one index can serve both.
pub(super) fn last_direction(order: &[(TicketOrder, Direction)]) -> Direction {
    order.last().map_or(Direction::Desc, |(_, direction)| *direction)
}

impl TicketOrder {
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::CreatedAt => "t.created_at",
            Self::Priority => "t.priority",
            Self::Number => "lpad(t.number, 40)",
            Self::ChangedAt => "t.changed_at",
            Self::ResolvedAt => "coalesce(t.resolved_at, 'infinity')",
            Self::ClosedAt => "coalesce(t.closed_at, 'infinity')",
            Self::DueAt => "coalesce(t.due_at, 'infinity')",
            Self::BreachAt => "coalesce(t.breach_at, 'infinity')",
            Self::OpenFirst => "t.open_rank",
        }
    }
}

impl TicketOrder {
    /// From which rank to which its values reach; none: it has no ranks.
    pub(super) fn ranks(self) -> Option<RangeInclusive<i16>> {
        match self {
            Self::Priority => Some(rank(Priority::Critical)..=rank(Priority::Low)),
            Self::OpenFirst => Some(0..=1),
            Self::CreatedAt
            | Self::Number
            | Self::ChangedAt
            | Self::ResolvedAt
            | Self::ClosedAt
            | Self::DueAt
            | Self::BreachAt => None,
        }
    }
}

impl Direction {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Asc => " asc",
            Self::Desc => " desc",
        }
    }

    pub(super) fn beyond(self) -> &'static str {
        match self {
            Self::Asc => " > ",
            Self::Desc => " < ",
        }
    }
}
