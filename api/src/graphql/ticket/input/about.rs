//! What a ticket is about, and how pressing it is.

use async_graphql::{ID, InputObject};
use domain::ticket::TicketCommand;
use domain::ticket::command::{Classify, Prioritize};

use super::{TicketInput, Wished, on, one_way, optional, pressing};
use crate::graphql::payload::Common;
use crate::graphql::ticket::words::{Impact, Priority, TicketKind, Urgency};

/// What a ticket is about, said better. What is absent stays as it is.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketClassifyInput {
    /// Which ticket.
    ticket_id: ID,
    /// What sort of ticket.
    kind: Option<TicketKind>,
    /// What it is about.
    subject_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

/// How pressing a ticket is: a priority with a reason, or impact and urgency.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketPrioritizeInput {
    /// Which ticket.
    ticket_id: ID,
    /// How pressing, by decree: needs a reason.
    priority: Option<Priority>,
    /// How much is affected; together with urgency.
    impact: Option<Impact>,
    /// How soon it hurts; together with impact.
    urgency: Option<Urgency>,
    #[graphql(flatten)]
    common: Common,
}

impl TicketInput for TicketClassifyInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let subject = optional("subjectId", self.subject_id.as_ref())?;
        let kind = self.kind.map(Into::into);
        on(&self.ticket_id, TicketCommand::Classify(Classify { kind, subject }))
    }
}

impl TicketInput for TicketPrioritizeInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let pressing = pressing(self.priority, self.impact, self.urgency)?
            .ok_or_else(|| one_way("priority", "name a priority, or impact and urgency"))?;
        on(&self.ticket_id, TicketCommand::Prioritize(Prioritize { pressing }))
    }
}
