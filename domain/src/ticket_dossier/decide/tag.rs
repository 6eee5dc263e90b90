//! Tag: it is found under a word.

use super::{TAGS_MAX, fit_tag, ticket_not_over};
use crate::kernel::{Context, TicketId};
use crate::ticket_dossier::event::{Tagged, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D3. Put under a word, in lower case. Under it already, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Tag {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// One line of at most 100 characters.
    pub tag: String,
}

impl Tag {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_not_over(cx, self.ticket)?;
        let tag = fit_tag(&self.tag)?;
        if dossier.tags.contains(&tag) {
            return Ok(vec![]);
        }
        if dossier.tags.len() >= TAGS_MAX {
            return Err(TicketDossierRefusal::TagsTooMany);
        }
        Ok(vec![TicketDossierEvent::Tagged(Tagged { tag })])
    }
}
