//! Whose a ticket is, and what becomes of it.

use async_graphql::{ID, InputObject};
use chrono::{DateTime, Utc};
use domain::ticket::command::{Assign, Escalate, EscalateTo, Pend, Resolve};
use domain::ticket::{TicketCommand, Tier};

use super::{TicketInput, Wished, on, one_way, optional, several};
use crate::graphql::payload::Common;
use crate::graphql::ticket::words::PendingReason;

/// Whose a ticket is to do from now on, completely: without a unit and people it goes back to
/// dispatch.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketAssignInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which unit.
    unit_id: Option<ID>,
    /// Which people; none: the whole unit.
    assignee_ids: Option<Vec<ID>>,
    /// What the next one should know, at most 20,000 characters.
    note: Option<String>,
    #[graphql(flatten)]
    common: Common,
}

/// What a ticket waits for.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketPendInput {
    /// Which ticket.
    ticket_id: ID,
    /// For what.
    pending_reason: PendingReason,
    /// Until when at most.
    until: Option<DateTime<Utc>>,
    #[graphql(flatten)]
    common: Common,
}

/// How a ticket was solved.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketResolveInput {
    /// Which ticket.
    ticket_id: ID,
    /// A short word of yours, such as FIXED; at most 100 characters.
    code: String,
    /// How, at most 20,000 characters.
    solution: String,
    #[graphql(flatten)]
    common: Common,
}

/// Where a ticket goes: one tier up, or to another unit; with a reason.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct TicketEscalateInput {
    /// Which ticket.
    ticket_id: ID,
    /// The next tier, 2 or 3; not together with a unit.
    tier: Option<i32>,
    /// The other unit; not together with a tier.
    unit_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

impl TicketInput for TicketAssignInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let unit = optional("unitId", self.unit_id.as_ref())?;
        let assignees = several("assigneeIds", self.assignee_ids.as_deref())?;
        on(&self.ticket_id, TicketCommand::Assign(Assign { unit, assignees, note: self.note }))
    }
}

impl TicketInput for TicketPendInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let pend = Pend { pending_reason: self.pending_reason.into(), until: self.until };
        on(&self.ticket_id, TicketCommand::Pend(pend))
    }
}

impl TicketInput for TicketResolveInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let resolve = Resolve { code: Some(self.code), solution: Some(self.solution) };
        on(&self.ticket_id, TicketCommand::Resolve(resolve))
    }
}

impl TicketInput for TicketEscalateInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let to = match (self.tier, optional("unitId", self.unit_id.as_ref())?) {
            // What is no small number is above the highest tier, which the rule refuses.
            (Some(tier), None) => EscalateTo::Tier(Tier(u8::try_from(tier).unwrap_or(u8::MAX))),
            (None, Some(unit)) => EscalateTo::Unit(unit),
            _ => return Err(one_way("tier", "name a tier or a unit, not both")),
        };
        on(&self.ticket_id, TicketCommand::Escalate(Escalate { to }))
    }
}
