//! Unwatch: somebody no longer hears of it.

use super::ticket_in;
use crate::kernel::{Context, PersonId, TicketId};
use crate::ticket_dossier::event::{TicketDossierEvent, Unwatched};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D4. Whoever does not watch needs not stop: nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Unwatch {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Who.
    pub person: PersonId,
}

impl Unwatch {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_in(cx, self.ticket)?;
        let person = self.person;
        if !dossier.watchers.contains(&person) {
            return Ok(vec![]);
        }
        Ok(vec![TicketDossierEvent::Unwatched(Unwatched { person })])
    }
}
