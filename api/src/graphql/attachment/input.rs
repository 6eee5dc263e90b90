//! The verb's input, ending in a step.

use async_graphql::{ID, InputObject};
use domain::kernel::{AttachmentId, TicketId};
use domain::ticket_dossier::TicketDossierCommand;
use domain::ticket_dossier::command::Detach;

use crate::gateway::Step;
use crate::graphql::id::decode_attachment;
use crate::graphql::input::single;
use crate::graphql::payload::Common;
use crate::graphql::refusal::UserError;
use crate::graphql::ticket::steps::{Sender, Steps, StepsInput};

/// A ticket and a file of it.
#[derive(Debug, Clone, InputObject)]
pub(super) struct TicketDetachInput {
    /// Which ticket.
    ticket_id: ID,
    /// Which file.
    attachment_id: ID,
    #[graphql(flatten)]
    common: Common,
}

impl TicketDetachInput {
    /// Which file.
    ///
    /// # Errors
    /// It is none.
    pub(super) fn attachment(&self) -> Result<AttachmentId, UserError> {
        let bad = |fault| UserError::bad_id("attachmentId", fault);
        decode_attachment(&self.attachment_id).map_err(bad)
    }
}

impl StepsInput for TicketDetachInput {
    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, _: &Sender) -> Result<Steps, UserError> {
        let ticket: TicketId = single("ticketId", &self.ticket_id)?;
        let detach = Detach { ticket, attachment: self.attachment()? };
        Ok(Steps::one(ticket, Step::Dossier(ticket, TicketDossierCommand::Detach(detach))))
    }
}
