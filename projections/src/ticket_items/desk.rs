//! The tickets that a batch touches, as the events so far have left them. Nothing outlives the batch.

use std::collections::{BTreeMap, BTreeSet};

use domain::kernel::{CiId, TicketId};
use domain::ticket::{TicketEvent, TicketKind};
use domain::ticket_items::{ItemRole, TicketItemsEvent};
use uuid::Uuid;

use super::row::{FailureRow, ImpactRow, ItemRow, LifeRow, Role};

/// The rows of the tickets of a batch.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) lives: BTreeMap<Uuid, LifeRow>,
    pub(super) items: Spans<ItemRow>,
    pub(super) failures: Spans<FailureRow>,
    pub(super) impacts: BTreeMap<Uuid, ImpactRow>,
    /// Tickets whose life is not as it was.
    pub(super) lived: BTreeSet<Uuid>,
}

/// Rows that are true for a while.
#[derive(Debug)]
pub(super) struct Spans<R> {
    /// Those that are true now.
    now: BTreeMap<(TicketId, CiId), R>,
    /// Those that the batch has ended.
    ended: Vec<R>,
    /// Which of those that are true now the batch has begun.
    begun: BTreeSet<(TicketId, CiId)>,
}

impl<R> Default for Spans<R> {
    fn default() -> Self {
        Self { now: BTreeMap::new(), ended: Vec::new(), begun: BTreeSet::new() }
    }
}

/// A row that is true for a while.
pub(super) trait Span: Copy {
    fn key(&self) -> (TicketId, CiId);
    fn until(&mut self) -> &mut Option<i64>;
}

impl Span for ItemRow {
    fn key(&self) -> (TicketId, CiId) {
        (self.ticket_id, self.ci_id)
    }
    fn until(&mut self) -> &mut Option<i64> {
        &mut self.until_seq
    }
}

impl Span for FailureRow {
    fn key(&self) -> (TicketId, CiId) {
        (self.ticket_id, self.ci_id)
    }
    fn until(&mut self) -> &mut Option<i64> {
        &mut self.until_seq
    }
}

impl<R: Span> Spans<R> {
    /// One that was true before the batch.
    pub(super) fn known(&mut self, row: R) {
        self.now.insert(row.key(), row);
    }

    fn of(&self, ticket: TicketId) -> impl Iterator<Item = &R> {
        let whole = (ticket, CiId(Uuid::nil()))..=(ticket, CiId(Uuid::max()));
        self.now.range(whole).map(|(_, row)| row)
    }

    fn begin(&mut self, row: R) {
        self.begun.insert(row.key());
        self.now.insert(row.key(), row);
    }

    fn end(&mut self, key: (TicketId, CiId), number: i64) {
        if let Some(mut row) = self.now.remove(&key) {
            *row.until() = Some(number);
            self.begun.remove(&key);
            self.ended.push(row);
        }
    }

    /// Those that the batch has begun or ended.
    pub(super) fn changed(&self) -> impl Iterator<Item = &R> {
        self.ended.iter().chain(self.begun.iter().filter_map(|key| self.now.get(key)))
    }
}

impl Desk {
    /// What a ticket's own event makes of its part.
    pub(super) fn live(&mut self, id: TicketId, event: &TicketEvent, number: i64) {
        let known = self.lives.get(&id.0).copied();
        let known = known.unwrap_or(LifeRow { ticket_id: id, is_incident: false, is_open: false });
        let incident = |kind: TicketKind| kind == TicketKind::Incident;
        let after = match event {
            TicketEvent::Opened(e) => {
                LifeRow { is_incident: incident(e.kind), is_open: true, ..known }
            }
            TicketEvent::Classified(e) => LifeRow { is_incident: incident(e.kind), ..known },
            TicketEvent::Reopened(_) => LifeRow { is_open: true, ..known },
            TicketEvent::Resolved(_)
            | TicketEvent::ResolvedWithParent(_)
            | TicketEvent::ResolvedWithTasks(_)
            | TicketEvent::Closed(_)
            | TicketEvent::Cancelled(_)
            | TicketEvent::Merged(_) => LifeRow { is_open: false, ..known },
            TicketEvent::Assigned(_)
            | TicketEvent::WorkStarted(_)
            | TicketEvent::WorkStopped(_)
            | TicketEvent::Pended(_)
            | TicketEvent::Resumed(_)
            | TicketEvent::Prioritized(_)
            | TicketEvent::Escalated(_)
            | TicketEvent::SlaTermsRestated(_) => known,
        };
        if self.lives.insert(id.0, after) != Some(after) {
            self.lived.insert(id.0);
        }
        self.reckon(id, number);
    }

    /// What somebody named, and no longer names.
    pub(super) fn name(&mut self, id: TicketId, event: &TicketItemsEvent, number: i64) {
        match event {
            TicketItemsEvent::Linked(e) => {
                if e.role == ItemRole::Service {
                    for ci in self.in_role(id, Role::Service) {
                        self.items.end((id, ci), number);
                    }
                }
                self.items.end((id, e.ci), number);
                self.begin(id, (e.ci, e.role.into(), 0), number);
            }
            TicketItemsEvent::Unlinked(e) => self.items.end((id, e.ci), number),
            TicketItemsEvent::Computed(_) => {}
        }
        self.reckon(id, number);
    }

    /// What falls from now on, each with its depth. What falls as before stays as it is.
    pub(super) fn fall(&mut self, id: TicketId, fallen: &BTreeMap<CiId, u8>, number: i64) {
        let falls = |row: &ItemRow| fallen.get(&row.ci_id).map(|depth| i16::from(*depth));
        let computed = self.items.of(id).filter(|row| row.role == Role::Computed);
        let over: Vec<CiId> =
            computed.filter(|row| falls(row) != Some(row.depth)).map(|row| row.ci_id).collect();
        over.into_iter().for_each(|ci| self.items.end((id, ci), number));
        for (&ci, &depth) in fallen {
            if !self.items.now.contains_key(&(id, ci)) {
                self.begin(id, (ci, Role::Computed, depth), number);
            }
        }
    }

    /// The failures that were so at this number, before which the batch may have begun: those that
    /// were so right before the batch are told.
    pub(super) fn failures_at(
        &self,
        number: i64,
        mut before: BTreeSet<(TicketId, CiId)>,
    ) -> BTreeSet<(TicketId, CiId)> {
        for row in self.failures.changed() {
            if row.until_seq.is_some_and(|until| until <= number) {
                before.remove(&row.key());
            }
        }
        for row in self.failures.changed() {
            if row.since_seq <= number && row.until_seq.is_none_or(|until| until > number) {
                before.insert(row.key());
            }
        }
        before
    }

    /// The ticket's items in a role.
    pub(super) fn in_role(&self, id: TicketId, role: Role) -> BTreeSet<CiId> {
        self.items.of(id).filter(|row| row.role == role).map(|row| row.ci_id).collect()
    }

    fn begin(&mut self, ticket_id: TicketId, (ci_id, role, depth): (CiId, Role, u8), number: i64) {
        let depth = depth.into();
        let row = ItemRow { ticket_id, ci_id, role, depth, since_seq: number, until_seq: None };
        self.items.begin(row);
    }

    /// Brings what others reckon with in line.
    fn reckon(&mut self, id: TicketId, number: i64) {
        let counts = self.lives.get(&id.0).is_some_and(|life| life.is_incident && life.is_open);
        let wanted = if counts { self.in_role(id, Role::Manual) } else { BTreeSet::new() };
        let known: BTreeSet<CiId> = self.failures.of(id).map(|row| row.ci_id).collect();
        for &ci in known.difference(&wanted) {
            self.failures.end((id, ci), number);
        }
        for &ci_id in wanted.difference(&known) {
            let row = FailureRow { ticket_id: id, ci_id, since_seq: number, until_seq: None };
            self.failures.begin(row);
        }
    }
}
