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

    /// The same at another instant: what it compares with the time is compared with this one.
    #[must_use]
    pub fn moved_to(&self, now: DateTime<Utc>) -> Self {
        let all = |parts: &[Self]| parts.iter().map(|part| part.moved_to(now)).collect();
        match self {
            Self::And(parts) => Self::And(all(parts)),
            Self::Or(parts) => Self::Or(all(parts)),
            Self::Not(part) => Self::Not(Box::new(part.moved_to(now))),
            Self::Is(field, compare) => Self::Is(*field, compare.moved_to(now)),
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
    /// An instant that goes with the time. Its list is the same one whatever the time is, so that a
    /// page follows the page before.
    FromNow {
        seconds: i64,
        #[serde(skip)]
        now: DateTime<Utc>,
    },
    Number(i64),
}

impl Compare {
    /// The same at another instant.
    fn moved_to(&self, now: DateTime<Utc>) -> Self {
        let all = |operands: &[Operand]| operands.iter().map(|it| it.moved_to(now)).collect();
        match self {
            Self::Eq(operand) => Self::Eq(operand.moved_to(now)),
            Self::Ne(operand) => Self::Ne(operand.moved_to(now)),
            Self::In(operands) => Self::In(all(operands)),
            Self::NotIn(operands) => Self::NotIn(all(operands)),
            Self::Gt(operand) => Self::Gt(operand.moved_to(now)),
            Self::Gte(operand) => Self::Gte(operand.moved_to(now)),
            Self::Lt(operand) => Self::Lt(operand.moved_to(now)),
            Self::Lte(operand) => Self::Lte(operand.moved_to(now)),
            Self::IsNull(wanted) => Self::IsNull(*wanted),
        }
    }
}

impl Operand {
    fn moved_to(&self, now: DateTime<Utc>) -> Self {
        match self {
            Self::FromNow { seconds, .. } => Self::FromNow { seconds: *seconds, now },
            Self::Text(_) | Self::Id(_) | Self::Time(_) | Self::Number(_) => self.clone(),
        }
    }
}
