//! Detach: a file no longer belongs to it.

use super::{by_client, ticket_not_over};
use crate::kernel::{AttachmentId, Context, Standing, TicketId};
use crate::ticket_dossier::event::{Detached, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D8. Whoever attached a file takes it away, or who steers. Not there, or not for whoever asks to
/// know of, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Detach {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Which.
    pub attachment: AttachmentId,
}

impl Detach {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_not_over(cx, self.ticket)?;
        let attachment = self.attachment;
        let known = dossier.attachments.get(&attachment);
        let Some(file) = known.filter(|file| !(file.internal && by_client(cx))) else {
            return Ok(vec![]);
        };
        if cx.doer() != Some(file.author) && cx.standing == Standing::Ordinary {
            return Err(TicketDossierRefusal::AttachmentNotOwn);
        }
        Ok(vec![TicketDossierEvent::Detached(Detached { attachment })])
    }
}
