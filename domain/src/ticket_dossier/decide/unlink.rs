//! Unlink: it has no longer to do with another ticket.

use super::ticket_to_link;
use crate::kernel::{Context, TicketId};
use crate::ticket_dossier::event::{TicketDossierEvent, Unlinked};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;
use crate::ticket_dossier::words::LinkKind;

/// D5, on this side; the caller unlinks the other too. Not linked, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Unlink {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// What the other one was to this one.
    pub kind: LinkKind,
    /// The other one.
    pub other: TicketId,
}

impl Unlink {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_to_link(cx, self.ticket, self.kind)?;
        let Self { kind, other, .. } = self;
        if !dossier.linked(kind).any(|linked| linked == other) {
            return Ok(vec![]);
        }
        Ok(vec![TicketDossierEvent::Unlinked(Unlinked { kind, other })])
    }
}
