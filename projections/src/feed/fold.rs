//! From events to changes: how each ticket stands, and what an event makes of that.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use domain::Fact;
use domain::erasure::ErasureEvent;
use domain::kernel::TicketId;
use domain::ticket_clock::TicketClockEvent;
use journal::Recorded;
use sqlx::PgConnection;
use uuid::Uuid;

use super::change::{Change, Crossing, Passed, Snapshot, What};
use crate::almanac::Almanac;
use crate::dossiers::DossierRow;
use crate::error::ProjectionError;
use crate::tickets::{TicketRow, measure};

/// The streams a ticket's standing is folded from.
pub(super) const STREAMS: [&str; 2] = ["ticket", "ticket_dossier"];

/// How many tickets are remembered from one page to the next.
const REMEMBERED: usize = 2_000;

/// How tickets stand at one place of the log.
#[derive(Debug, Default)]
pub(super) struct Standings {
    /// With the place of the last event of each.
    tickets: HashMap<TicketId, (i64, Arc<Snapshot>)>,
}

impl Standings {
    /// Forgets how all of them stand when the page says that keys are gone: what is known may be words.
    pub(super) fn heed(&mut self, page: &[Recorded]) {
        let is_destruction = |recorded: &Recorded| {
            matches!(recorded.fact, Fact::Erasure(_, ErasureEvent::KeysDestroyed(_)))
        };
        if page.iter().any(is_destruction) {
            self.tickets.clear();
        }
    }

    /// The tickets of a page that were there before and whose standing is not known.
    pub(super) fn unknown(&self, page: &[Recorded]) -> Vec<Uuid> {
        let mut seen = HashSet::new();
        page.iter()
            .filter_map(|recorded| Some((ticket_of(&recorded.fact)?, recorded)))
            .filter(|(id, _)| seen.insert(*id) && !self.tickets.contains_key(id))
            .filter(|(_, first)| !is_opening(first))
            .map(|(id, _)| id.0)
            .collect()
    }

    /// Comes past an event.
    pub(super) async fn pass(
        &mut self,
        (conn, almanac): (&mut PgConnection, &Almanac),
        recorded: &Recorded,
    ) -> Result<Passed, ProjectionError> {
        let position = recorded.global_seq;
        let what = match &recorded.fact {
            Fact::Ticket(id, _) | Fact::TicketDossier(id, _) | Fact::Conversation(id, _) => {
                self.change((conn, almanac), *id, recorded).await?
            }
            Fact::Person(..)
            | Fact::Unit(..)
            | Fact::Settings(_)
            | Fact::Role(..)
            | Fact::DenyRule(..)
            | Fact::ResourceType(..)
            | Fact::SubjectAccess(..)
            | Fact::AccessGroup(..)
            | Fact::AccessPolicy(..) => What::Rights,
            Fact::Subject(..)
            | Fact::CustomField(..)
            | Fact::Template(..)
            | Fact::Macro(..)
            | Fact::Queue(..)
            | Fact::Calendar(..)
            | Fact::SlaPlan(..)
            | Fact::Recurrence(..)
            | Fact::TicketItems(..)
            | Fact::CiClass(..)
            | Fact::Ci(..)
            | Fact::Baseline(..)
            | Fact::ComplianceReport(..)
            | Fact::SodRule(..)
            | Fact::AccessTemplate(..)
            | Fact::AccessRequest(..)
            | Fact::AssignmentRule(..)
            | Fact::Erasure(..)
            | Fact::EvidenceHold(..)
            | Fact::SyncSource(..)
            | Fact::ServiceAccount(..)
            | Fact::TicketQuality(..) => What::Else,
            Fact::TicketClock(id, event) => self.crossing(*id, event, recorded),
        };
        Ok(Passed { position, what })
    }

    /// A clock of nobody's ticket is nothing to tell.
    fn crossing(&self, id: TicketId, event: &TicketClockEvent, recorded: &Recorded) -> What {
        let Some((_, ticket)) = self.tickets.get(&id) else { return What::Else };
        let Some(said) = event.crossing() else { return What::Else };
        What::Crossed(Arc::new(Crossing {
            position: recorded.global_seq,
            occurred_at: recorded.event.meta.occurred_at,
            ticket_id: id,
            said,
            ticket: Arc::clone(ticket),
        }))
    }

    async fn change(
        &mut self,
        (conn, almanac): (&mut PgConnection, &Almanac),
        id: TicketId,
        recorded: &Recorded,
    ) -> Result<What, ProjectionError> {
        let before = self.tickets.get(&id).map(|(_, snapshot)| Arc::clone(snapshot));
        // Nothing but an opening makes a ticket; what came before one would be no ticket's.
        let Some(mut after) = after(id, before.as_ref(), recorded) else { return Ok(What::Else) };
        if let (Fact::Ticket(..), Some(after)) = (&recorded.fact, Arc::get_mut(&mut after)) {
            measure(conn, almanac, std::iter::once(&mut after.row)).await?;
        }
        self.tickets.insert(id, (recorded.global_seq, Arc::clone(&after)));
        Ok(What::Changed(Arc::new(Change {
            position: recorded.global_seq,
            occurred_at: recorded.event.meta.occurred_at,
            event_type: recorded.event.event_type.clone(),
            actor: recorded.event.meta.actor,
            ticket_id: id,
            before,
            after,
        })))
    }

    /// Forgets the tickets that have been quiet for longest, when there are too many.
    pub(super) fn shrink(&mut self) {
        if self.tickets.len() <= REMEMBERED {
            return;
        }
        let mut places: Vec<i64> = self.tickets.values().map(|(place, _)| *place).collect();
        places.sort_unstable();
        let oldest_kept = places[places.len() - REMEMBERED / 2];
        self.tickets.retain(|_, (place, _)| *place >= oldest_kept);
    }
}

/// How the ticket stands after the event.
fn after(
    id: TicketId,
    before: Option<&Arc<Snapshot>>,
    recorded: &Recorded,
) -> Option<Arc<Snapshot>> {
    match &recorded.fact {
        Fact::Ticket(_, event) => {
            let row = before.map(|before| before.row.clone());
            let row = TicketRow::fold(row, &recorded.event, event, id)?;
            let dossier =
                before.map_or_else(|| DossierRow::empty(id), |before| before.dossier.clone());
            Some(Arc::new(Snapshot { row, dossier }))
        }
        Fact::TicketDossier(_, event) => {
            let Snapshot { row, dossier } = Snapshot::clone(before?);
            let dossier = DossierRow::fold(Some(dossier), &recorded.event, event, id);
            Some(Arc::new(Snapshot { row, dossier }))
        }
        // What is said about a ticket leaves it as it was.
        _ => before.cloned(),
    }
}

fn ticket_of(fact: &Fact) -> Option<TicketId> {
    match fact {
        Fact::Ticket(id, _)
        | Fact::TicketDossier(id, _)
        | Fact::Conversation(id, _)
        | Fact::TicketClock(id, _) => Some(*id),
        _ => None,
    }
}

fn is_opening(recorded: &Recorded) -> bool {
    matches!(recorded.fact, Fact::Ticket(..)) && recorded.event.sequence == 1
}
