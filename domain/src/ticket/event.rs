//! What can have happened to a ticket. These names and shapes are the storage format: add, never
//! rename, never change a meaning.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use cqrs_es::DomainEvent;
use serde::{Deserialize, Serialize};

use super::words::{Impact, PendingReason, Priority, TicketKind, Tier, Urgency};
use crate::kernel::{PersonId, Personal, SubjectId, TicketId, UnitId};
use crate::routing::Routing;
use crate::sla::{Terms, TermsCause};

/// An event of a ticket's stream; 20 kinds would be too many.
#[derive(
    Debug, Clone, PartialEq, Serialize, Deserialize, strum::IntoStaticStr, strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(prefix = "ticket.", serialize_all = "snake_case")]
pub enum TicketEvent {
    /// See [`Opened`].
    Opened(Box<Opened>),
    /// See [`Assigned`].
    Assigned(Assigned),
    /// See [`WorkStarted`].
    WorkStarted(WorkStarted),
    /// See [`WorkStopped`].
    WorkStopped(WorkStopped),
    /// See [`Pended`].
    Pended(Pended),
    /// See [`Resumed`].
    Resumed(Resumed),
    /// See [`Resolved`].
    Resolved(Resolved),
    /// See [`ResolvedWithParent`].
    ResolvedWithParent(ResolvedWithParent),
    /// See [`Reopened`].
    Reopened(Reopened),
    /// See [`Closed`].
    Closed(Closed),
    /// See [`Cancelled`].
    Cancelled(Cancelled),
    /// See [`Classified`].
    Classified(Classified),
    /// See [`Prioritized`].
    Prioritized(Prioritized),
    /// See [`Escalated`].
    Escalated(Escalated),
    /// See [`Merged`].
    Merged(Merged),
    /// See [`ResolvedWithTasks`].
    ResolvedWithTasks(ResolvedWithTasks),
    /// See [`SlaTermsRestated`].
    SlaTermsRestated(SlaTermsRestated),
}

impl DomainEvent for TicketEvent {
    fn event_type(&self) -> String {
        <&'static str>::from(self).to_owned()
    }
    fn event_version(&self) -> String {
        "1".to_owned()
    }
}

/// The ticket exists from now on.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Opened {
    /// For people: `INC-1042`.
    pub number: String,
    /// Incident or request.
    pub kind: TicketKind,
    /// One line, sealed under the requester's key.
    pub title: Personal<String>,
    /// The whole story, likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub description: Option<Personal<String>>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
    /// As stamped at opening.
    pub priority: Priority,
    /// When the priority came from the matrix.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// Likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
    /// For whom; the author when nobody else is named.
    pub requester: PersonId,
    /// Who reported it.
    pub author: PersonId,
    /// The unit it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
    /// The people it is for; empty: the whole unit, or dispatch.
    pub assignees: BTreeSet<PersonId>,
    /// Its name in another system.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub external_ref: Option<String>,
    /// Whether each assignee completes a task of their own, and the ticket with the last of them.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub individual: bool,
    /// How it found its target, when nobody named one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing: Option<Routing>,
    /// What it is measured by; none: no plan.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sla: Option<Box<Terms>>,
    /// Until when it should be solved, said by hand where no plan says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub deadline_at: Option<DateTime<Utc>>,
}

/// Given to a unit, to people, or back to dispatch; from work in progress it is a forward.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Assigned {
    /// None: no unit.
    pub unit: Option<UnitId>,
    /// Empty: the whole unit, or dispatch.
    pub assignees: BTreeSet<PersonId>,
    /// What the next one should know, in the actor's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// How it found its target, when it was routed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub routing: Option<Routing>,
}

/// Somebody took the hold.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkStarted {
    /// Who.
    pub holder: PersonId,
}

/// The hold ended without a result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct WorkStopped {
    /// Whose hold it was; somebody else's when a head broke it.
    pub holder: PersonId,
}

/// Waiting for somebody else.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Pended {
    /// For what.
    pub pending_reason: PendingReason,
    /// Until when at most, if that is known.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
}

/// The waiting is over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resumed {}

/// Solved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Resolved {
    /// How, in a word; absent in history that had none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    /// How, in the holder's words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub solution: Option<Personal<String>>,
}

/// Solved because the parent was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolvedWithParent {
    /// Which parent.
    pub parent: TicketId,
    /// The parent's resolution code.
    pub code: String,
}

/// Not solved after all.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Reopened {
    /// The last holder, who has it again; none: it waits for somebody to start.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub holder: Option<PersonId>,
}

/// Over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Closed {
    /// When, as the reopening window counts it.
    pub closed_at: DateTime<Utc>,
}

/// Over without a solution.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cancelled {}

/// What it is about, said better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Classified {
    /// Incident or request.
    pub kind: TicketKind,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subject: Option<SubjectId>,
}

/// How pressing, said better.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Prioritized {
    /// The priority from now on.
    pub priority: Priority,
    /// Present when the matrix said so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub impact: Option<Impact>,
    /// Likewise.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub urgency: Option<Urgency>,
}

/// Lifted one tier, or to another unit.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Escalated {
    /// The tier from now on.
    pub tier: Tier,
    /// The unit from now on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// The same matter as another ticket, which goes on alone.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Merged {
    /// Which one goes on.
    pub into: TicketId,
    /// When.
    pub closed_at: DateTime<Utc>,
}

/// Solved because the last of its tasks was.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ResolvedWithTasks {
    /// The resolution code.
    pub code: String,
}

/// Measured by other terms from now on; what becomes of the time before is their policy's to say.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct SlaTermsRestated {
    /// The terms from now on; none: no plan any more, and no clocks.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub terms: Option<Box<Terms>>,
    /// Why.
    pub cause: TermsCause,
}
