//! What the ticket list can be asked for.

use chrono::{DateTime, Utc};
use serde::Serialize;
use uuid::Uuid;

/// A condition on tickets. Two-valued: what is absent differs from every value.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub enum TicketFilter {
    /// All of them; an empty list lets every ticket pass.
    And(Vec<TicketFilter>),
    /// Any of them; an empty list lets none pass.
    Or(Vec<TicketFilter>),
    /// Not this.
    Not(Box<TicketFilter>),
    /// A field compared.
    Is(TicketField, Compare),
}

impl TicketFilter {
    /// What all of its tickets have to pass.
    pub(super) fn parts(&self) -> &[TicketFilter] {
        match self {
            Self::And(parts) => parts,
            Self::Or(_) | Self::Not(_) | Self::Is(..) => std::slice::from_ref(self),
        }
    }

    /// The same without lists of one around it.
    pub(super) fn only(&self) -> &TicketFilter {
        match self {
            Self::And(parts) | Self::Or(parts) if parts.len() == 1 => parts[0].only(),
            Self::And(_) | Self::Or(_) | Self::Not(_) | Self::Is(..) => self,
        }
    }

    /// Whether it asks for this field anywhere.
    pub fn asks(&self, wanted: TicketField) -> bool {
        match self {
            Self::And(parts) | Self::Or(parts) => parts.iter().any(|part| part.asks(wanted)),
            Self::Not(part) => part.asks(wanted),
            Self::Is(field, _) => *field == wanted,
        }
    }
}

/// Words that a ticket has to have in its texts, whatever their case: all of them, each as a part.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Search {
    /// The words, apart by white space; the first ten count.
    pub text: String,
    /// Whether what staff say among themselves counts too.
    pub internal: bool,
}

/// What can be compared. A ticket "is" an assignee, a tag or a watcher when that is one of several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[expect(missing_docs, reason = "the fields are those of the row")]
pub enum TicketField {
    State,
    Kind,
    Priority,
    Impact,
    Urgency,
    Number,
    ExternalRef,
    UnitId,
    AssigneeId,
    HolderId,
    RequesterId,
    AuthorId,
    SubjectId,
    CreatedAt,
    ResolvedAt,
    ClosedAt,
    ReopenCount,
    ReassignmentCount,
    Tier,
    MergedIntoId,
    Tag,
    WatcherId,
    ParentId,
    SlaPlanId,
    DeadlineAt,
    DueAt,
    BreachAt,
}

/// How.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Compare {
    Eq(Operand),
    Ne(Operand),
    In(Vec<Operand>),
    NotIn(Vec<Operand>),
    Gt(Operand),
    Gte(Operand),
    Lt(Operand),
    Lte(Operand),
    IsNull(bool),
}

/// With what. Words are the upper-case names; a priority is its word, and CRITICAL is the lowest.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[expect(missing_docs, reason = "the names say it")]
pub enum Operand {
    Text(String),
    Id(Uuid),
    Time(DateTime<Utc>),
    Number(i64),
}
