//! The verbs' inputs, each ending in a command.

mod about;
mod many;
mod merge;
mod open;
mod plain;
mod plan;
mod work;

use async_graphql::{ID, InputType};
use domain::kernel::TicketId;
use domain::ticket::TicketCommand;
use domain::ticket::command::Pressing;

use super::words::{Impact, Priority, Urgency};
use crate::graphql::input::{one_way, optional, several, single};
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;

pub(super) use about::{TicketClassifyInput, TicketPrioritizeInput};
pub(super) use many::ManyInput;
pub(super) use merge::{TicketMergeInput, steps as merge_steps};
pub(super) use open::{Opening, TicketOpenInput};
pub(super) use plain::{
    TicketCancelInput, TicketCloseInput, TicketReopenInput, TicketResumeInput,
    TicketStartWorkInput, TicketStopWorkInput,
};
pub(super) use plan::SlaPlanApplyInput;
pub(super) use work::{
    TicketAssignInput, TicketEscalateInput, TicketPendInput, TicketResolveInput,
};

/// A verb on a ticket, or what is wrong with the input.
pub(super) type Wished = Result<(TicketId, TicketCommand), UserError>;

/// An input that ends in a command on a ticket.
pub(super) trait TicketInput: InputType {
    /// What every input may say besides.
    fn common(&self) -> &Common;

    /// The command.
    ///
    /// # Errors
    /// Inputs that are no ids, or do not go together.
    fn into_command(self) -> Wished;
}

fn on(ticket: &ID, command: TicketCommand) -> Wished {
    Ok((single("ticketId", ticket)?, command))
}

fn pressing(
    priority: Option<Priority>,
    impact: Option<Impact>,
    urgency: Option<Urgency>,
) -> Result<Option<Pressing>, UserError> {
    match (priority, impact, urgency) {
        (None, None, None) => Ok(None),
        (Some(priority), None, None) => Ok(Some(Pressing::Decreed(priority.into()))),
        (None, Some(impact), Some(urgency)) => {
            Ok(Some(Pressing::Judged(impact.into(), urgency.into())))
        }
        _ => Err(one_way("priority", "name a priority, or impact and urgency, not both")),
    }
}
