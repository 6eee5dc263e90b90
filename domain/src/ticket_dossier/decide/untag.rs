//! Untag: it is no longer found under a word.

use super::{fit_tag, ticket_not_over};
use crate::kernel::{Context, TicketId};
use crate::ticket_dossier::event::{TicketDossierEvent, Untagged};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D3. Taken from under a word. Not under it, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Untag {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// In any case.
    pub tag: String,
}

impl Untag {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_not_over(cx, self.ticket)?;
        let tag = fit_tag(&self.tag)?;
        if !dossier.tags.contains(&tag) {
            return Ok(vec![]);
        }
        Ok(vec![TicketDossierEvent::Untagged(Untagged { tag })])
    }
}
