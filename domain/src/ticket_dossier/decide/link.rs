//! Link: it has to do with another ticket.

use super::{LINKS_MAX, of_family, ticket_to_link};
use crate::kernel::{Context, TicketId};
use crate::ticket_dossier::event::{Linked, TicketDossierEvent};
use crate::ticket_dossier::refusal::TicketDossierRefusal;
use crate::ticket_dossier::state::Dossier;
use crate::ticket_dossier::words::LinkKind;

/// D5, D6, on this side: the caller links the other one too, by [`LinkKind::inverse`]. Linked so
/// already, nothing changes, whatever became of the ticket since.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Whose dossier it is: the stream's own identity.
    pub ticket: TicketId,
    /// What the other one is to this one.
    pub kind: LinkKind,
    /// The other one.
    pub other: TicketId,
}

impl Link {
    pub(in crate::ticket_dossier) fn decide(
        self,
        dossier: &Dossier,
        cx: &Context,
    ) -> Result<Vec<TicketDossierEvent>, TicketDossierRefusal> {
        let Self { ticket, kind, other } = self;
        if dossier.linked(kind).any(|linked| linked == other) {
            return Ok(vec![]);
        }
        ticket_to_link(cx, ticket, kind)?;
        if other == ticket {
            return Err(TicketDossierRefusal::LinkToItself);
        }
        let facts = cx.facts.tickets.get(&other).ok_or(TicketDossierRefusal::OtherUnknown)?;
        match kind {
            LinkKind::Parent => family_must_fit(dossier, &facts.dossier, other)?,
            LinkKind::Child => family_must_fit(&facts.dossier, dossier, ticket)?,
            LinkKind::Related
            | LinkKind::DuplicateOf
            | LinkKind::DuplicatedBy
            | LinkKind::CausedBy
            | LinkKind::CauseOf => {}
        }
        if of_family(kind) && facts.ticket.state.is_over() {
            return Err(TicketDossierRefusal::OtherOver);
        }
        if dossier.links.values().map(|others| others.len()).sum::<usize>() >= LINKS_MAX {
            return Err(TicketDossierRefusal::LinksTooMany);
        }
        Ok(vec![TicketDossierEvent::Linked(Linked { kind, other })])
    }
}

/// D6. The other side may have been written already, in the same append.
fn family_must_fit(
    child: &Dossier,
    parent: &Dossier,
    parent_id: TicketId,
) -> Result<(), TicketDossierRefusal> {
    if child.linked(LinkKind::Parent).any(|other| other != parent_id) {
        return Err(TicketDossierRefusal::HasParent);
    }
    let has = |dossier: &Dossier, kind| dossier.linked(kind).next().is_some();
    if has(parent, LinkKind::Parent) || has(child, LinkKind::Child) {
        return Err(TicketDossierRefusal::TooDeep);
    }
    Ok(())
}
