//! Where the fields of a filter stand in the tables.

use super::filter::TicketField;

/// Where a field stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Place {
    /// A column of the ticket.
    One,
    /// A list of the ticket.
    Many,
    /// A column of the dossier.
    DossierOne,
    /// A list of the dossier.
    DossierMany,
    /// The list of the watchers.
    Watchers,
}

impl TicketField {
    /// Its column, of the ticket `t`, its dossier `d` or its watchers `w`.
    pub(super) fn column(self) -> &'static str {
        match self {
            Self::State => "t.state",
            Self::Kind => "t.kind",
            Self::Priority => "t.priority",
            Self::Impact => "t.impact",
            Self::Urgency => "t.urgency",
            Self::Number => "t.number",
            Self::ExternalRef => "t.external_ref",
            Self::UnitId => "t.unit_id",
            Self::AssigneeId => "t.assignee_ids",
            Self::HolderId => "t.holder_id",
            Self::RequesterId => "t.requester_id",
            Self::AuthorId => "t.author_id",
            Self::SubjectId => "t.subject_id",
            Self::CreatedAt => "t.created_at",
            Self::ResolvedAt => "t.resolved_at",
            Self::ClosedAt => "t.closed_at",
            Self::ReopenCount => "t.reopen_count",
            Self::ReassignmentCount => "t.reassignment_count",
            Self::Tier => "t.tier",
            Self::MergedIntoId => "t.merged_into_id",
            Self::Tag => "d.tags",
            Self::WatcherId => "w.watcher_ids",
            Self::ParentId => "d.parent_id",
            Self::SlaPlanId => "t.sla_plan_id",
            Self::DeadlineAt => "t.deadline_at",
            Self::DueAt => "t.due_at",
            Self::BreachAt => "t.breach_at",
        }
    }

    /// Where it stands.
    pub(super) fn place(self) -> Place {
        match self {
            Self::AssigneeId => Place::Many,
            Self::Tag => Place::DossierMany,
            Self::WatcherId => Place::Watchers,
            Self::ParentId => Place::DossierOne,
            _ => Place::One,
        }
    }

    /// Whether one can be greater than another.
    pub(super) fn is_ordered(self) -> bool {
        matches!(
            self,
            Self::Priority
                | Self::Number
                | Self::ExternalRef
                | Self::CreatedAt
                | Self::ResolvedAt
                | Self::ClosedAt
                | Self::ReopenCount
                | Self::ReassignmentCount
                | Self::Tier
                | Self::DeadlineAt
                | Self::DueAt
                | Self::BreachAt
        )
    }
}
