//! The closed vocabularies of reports, as the schema knows them.

use async_graphql::Enum;

/// A part of a unit's report: which tickets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::report::Part")]
pub(super) enum SlaReportPart {
    /// Opened in the period, reported by staff of the unit.
    Created,
    /// Opened in the period for the unit as a whole, or for people of its staff.
    Incoming,
    /// Solved, for the last time in the period, by staff of the unit.
    Completed,
    /// Open, the unit's to do, and last changed in the period.
    NotCompleted,
}

/// How it stands with a ticket in a report.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::report::Outcome")]
pub(super) enum TicketOutcome {
    /// Somebody still has to do something.
    Open,
    /// Solved, closed or not.
    Solved,
    /// Over without a solution.
    Cancelled,
    /// It goes on as another one.
    Merged,
}

/// What key figures are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::report::Grouping")]
pub(super) enum KpiGrouping {
    /// Not at all: one row.
    Whole,
    /// The unit that had the ticket when it happened.
    Unit,
    /// The person who did it.
    Person,
    /// The month, in UTC, in which it happened.
    Month,
}
