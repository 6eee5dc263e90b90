//! Empty field: a custom field says nothing any more.

use super::{field_in, ticket_not_over};
use crate::kernel::{Context, FieldId, TicketId};
use crate::ticket_dossier::event::{FieldEmptied, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;

/// D7. Whatever became of the field since, it may be emptied. Empty already, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct EmptyField {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// Which.
    pub field: FieldId,
}

impl EmptyField {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        ticket_not_over(cx, self.ticket)?;
        field_in(cx, self.field)?;
        if !dossier.fields.contains_key(&self.field) {
            return Ok(vec![]);
        }
        Ok(vec![TicketDossierEvent::FieldEmptied(FieldEmptied { field: self.field })])
    }
}
