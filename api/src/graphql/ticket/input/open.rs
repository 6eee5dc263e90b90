//! Opening.

use async_graphql::{ID, InputObject};
use domain::ticket::command::Open;

use super::{TicketInput, Wish, Wished, optional, pressing, several};
use crate::graphql::payload::Common;
use crate::graphql::ticket::words::{Impact, Priority, TicketKind, Urgency};

/// A new ticket. Its priority is either set or follows from impact and urgency; when nothing is
/// said it is NORMAL.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketOpenInput {
    /// What sort of ticket.
    kind: TicketKind,
    /// One line, at most 200 characters.
    title: String,
    /// The whole story, at most 20,000 characters.
    description: Option<String>,
    /// How pressing; not together with impact and urgency.
    priority: Option<Priority>,
    /// How much is affected; together with urgency.
    impact: Option<Impact>,
    /// How soon it hurts; together with impact.
    urgency: Option<Urgency>,
    /// What it is about.
    subject_id: Option<ID>,
    /// For whom; you when nobody else is named.
    requester_id: Option<ID>,
    /// The unit it is for.
    unit_id: Option<ID>,
    /// The people it is for.
    assignee_ids: Option<Vec<ID>>,
    /// Its name in another system, at most 100 characters, unique.
    external_ref: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

impl TicketInput for TicketOpenInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        Ok(Wish::Open(Box::new(Open {
            number: String::new(),
            kind: self.kind.into(),
            title: self.title,
            description: self.description,
            subject: optional("subjectId", self.subject_id.as_ref())?,
            pressing: pressing(self.priority, self.impact, self.urgency)?,
            requester: optional("requesterId", self.requester_id.as_ref())?,
            unit: optional("unitId", self.unit_id.as_ref())?,
            assignees: several("assigneeIds", self.assignee_ids.as_deref())?,
            external_ref: self.external_ref,
            individual: false,
            routing: None,
            task_of: None,
        })))
    }
}
