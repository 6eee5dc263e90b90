//! Watch: somebody hears of it.

use super::{WATCHERS_MAX, ticket_in};
use crate::kernel::{Context, PersonId, TicketId};
use crate::ticket_dossier::event::{TicketDossierEvent, Watched};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D4. Active staff watch, also what is closed or cancelled (D2). Watching twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Watch {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Who.
    pub person: PersonId,
}

impl Watch {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_in(cx, self.ticket)?;
        let person = self.person;
        if dossier.watchers.contains(&person) {
            return Ok(vec![]);
        }
        if !cx.facts.can_work(person, None) {
            return Err(TicketDossierRefusal::WatcherUnfit { person });
        }
        if dossier.watchers.len() >= WATCHERS_MAX {
            return Err(TicketDossierRefusal::WatchersTooMany);
        }
        Ok(vec![TicketDossierEvent::Watched(Watched { person })])
    }
}
