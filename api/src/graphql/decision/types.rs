//! A decision that was kept.

use async_graphql::{Enum, ID, Object};
use chrono::{DateTime, Utc};
use journal::decisions::DecisionRow;

use crate::graphql::timeline::EventActor;

/// Whether it may be done.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Enum)]
#[graphql(remote = "domain::access::decide::Effect")]
pub(in crate::graphql) enum DecisionEffect {
    /// It may.
    Allow,
    /// It may not.
    Deny,
}

/// A decision on rights that was denied, or on which much depends.
pub(in crate::graphql) struct LoggedDecision(pub(super) DecisionRow);

/// A decision on rights that was denied, or on which much depends.
#[Object]
impl LoggedDecision {
    /// When.
    async fn decided_at(&self) -> DateTime<Utc> {
        self.0.first.at
    }

    /// When the same was decided last within seconds; the same as decidedAt if it was once.
    async fn last_at(&self) -> DateTime<Utc> {
        self.0.last_at
    }

    /// How often.
    async fn times(&self) -> i32 {
        self.0.times
    }

    /// On whom.
    async fn actor(&self) -> EventActor {
        EventActor::of(self.0.first.actor)
    }

    /// What they would do, such as ticket.resolve.
    async fn action(&self) -> &str {
        &self.0.first.action
    }

    /// To what, by its bare id; null when it is done to no object of ours.
    async fn object_id(&self) -> Option<ID> {
        self.0.first.stream.map(|stream| ID(stream.to_string()))
    }

    /// To what of another system: its type, a blank, and what it is called there; null when it is
    /// ours, or nothing.
    async fn resource(&self) -> Option<&str> {
        self.0.first.resource.as_deref()
    }

    /// Who asked, on behalf of another system; null when it was decided here, at a request of the
    /// actor's.
    async fn asked_by(&self) -> Option<EventActor> {
        self.0.first.asked_by.map(EventActor::of)
    }

    /// Whether it may be done.
    async fn effect(&self) -> DecisionEffect {
        if self.0.first.allowed { DecisionEffect::Allow } else { DecisionEffect::Deny }
    }

    /// Why not, such as out_of_scope; null when it may be done.
    async fn reason(&self) -> Option<&str> {
        self.0.first.reason.as_deref()
    }

    /// The permission grants that permit it, by their bare ids.
    async fn grant_ids(&self) -> Vec<ID> {
        self.0.first.grants.iter().map(|grant| ID(grant.to_string())).collect()
    }

    /// The revision of the rules that it was decided under.
    async fn revision(&self) -> String {
        self.0.first.revision.to_string()
    }

    /// The request that it was part of, by its bare id; events of that request have the same.
    async fn correlation_id(&self) -> ID {
        ID(self.0.first.correlation_id.to_string())
    }
}
