//! What measures a ticket.

use async_graphql::{ID, InputObject};
use domain::ticket::TicketCommand;
use domain::ticket::command::ApplyPlan;

use super::{TicketInput, Wished, on, optional};
use crate::graphql::payload::Common;

/// What measures a ticket from now on.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::ticket) struct SlaPlanApplyInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which service level plan; none: no plan any more.
    plan_id: Option<ID>,
    #[graphql(flatten)]
    common: Common,
}

impl TicketInput for SlaPlanApplyInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_command(self) -> Wished {
        let plan = optional("planId", self.plan_id.as_ref())?;
        on(&self.ticket_id, TicketCommand::ApplyPlan(ApplyPlan { plan }))
    }
}
