//! The subjects that a batch touches, as the events so far have left them. Nothing outlives the batch.

use std::collections::{BTreeMap, BTreeSet};

use domain::access::model::GrantState;
use domain::kernel::SubjectAccessId;
use domain::subject_access::SubjectAccessEvent;
use journal::Recorded;
use uuid::Uuid;

use super::change::{ChangeKind, ChangeRow};
use super::row::{Deed, ExceptionRow, GrantRow, HolderRow};
use crate::rows::micros;

/// By stream, and by what is told apart in it.
type Key = (Uuid, Uuid);

/// The rows of the subjects of a batch.
#[derive(Debug, Default)]
pub(super) struct Desk {
    pub(super) holders: BTreeMap<Uuid, HolderRow>,
    grants: BTreeMap<Key, GrantRow>,
    exceptions: BTreeMap<Key, ExceptionRow>,
    /// Those that are not as they were.
    changed: BTreeSet<Key>,
    /// What the batch changed.
    pub(super) changes: Vec<ChangeRow>,
}

impl Desk {
    /// A grant of before the batch.
    pub(super) fn known_grant(&mut self, row: GrantRow) {
        self.grants.insert((row.subject_id, row.grant_id.0), row);
    }

    /// An exception of before the batch.
    pub(super) fn known_exception(&mut self, row: ExceptionRow) {
        self.exceptions.insert((row.subject_id, row.exception_id.0), row);
    }

    /// The grants that the batch made or changed.
    pub(super) fn grants(&self) -> impl Iterator<Item = &GrantRow> {
        self.changed.iter().filter_map(|key| self.grants.get(key))
    }

    /// The exceptions that the batch made or changed.
    pub(super) fn exceptions(&self) -> impl Iterator<Item = &ExceptionRow> {
        self.changed.iter().filter_map(|key| self.exceptions.get(key))
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub(super) fn evolve(
        &mut self,
        id: SubjectAccessId,
        event: &SubjectAccessEvent,
        recorded: &Recorded,
    ) {
        let version = recorded.event.sequence;
        if let SubjectAccessEvent::Opened(e) = event {
            let opened = HolderRow { subject_id: id.0, subject: e.subject, closed: false, version };
            if self.holders.insert(id.0, opened).is_some() {
                self.changes.push(ChangeRow::of(recorded, ChangeKind::Reopened, &opened));
            }
            return;
        }
        let Some(holder) = self.holders.get_mut(&id.0) else { return };
        holder.version = version;
        holder.closed |= matches!(event, SubjectAccessEvent::Closed(_));
        let holder = *holder;
        let stream = (holder.subject_id, holder.subject);
        let change = |kind| ChangeRow::of(recorded, kind, &holder);
        match event {
            SubjectAccessEvent::Opened(_) => {}
            SubjectAccessEvent::Granted(e) => {
                let row = GrantRow::made(stream, e, Deed::of(recorded));
                self.changes.push(change(ChangeKind::Granted).of_grant(&row));
                self.changed.insert((id.0, e.grant.0));
                self.known_grant(row);
            }
            SubjectAccessEvent::Prolonged(e) => {
                let Some(row) = self.grants.get_mut(&(id.0, e.grant.0)) else { return };
                row.ends_at = e.until.map(micros);
                row.request_id = e.request.or(row.request_id);
                row.as_before();
                self.changes.push(change(ChangeKind::Prolonged).of_grant(row));
                self.changed.insert((id.0, e.grant.0));
            }
            SubjectAccessEvent::Shortened(e) => {
                let Some(row) = self.grants.get_mut(&(id.0, e.grant.0)) else { return };
                row.shorten(e);
                self.changes.push(change(ChangeKind::Shortened).of_grant(row));
                self.changed.insert((id.0, e.grant.0));
            }
            SubjectAccessEvent::Confirmed(e) => {
                let Some(row) = self.grants.get_mut(&(id.0, e.grant.0)) else { return };
                row.ends_at = e.until.map(micros);
                row.as_before();
                self.changes.push(change(ChangeKind::Confirmed).of_grant(row));
                self.changed.insert((id.0, e.grant.0));
            }
            SubjectAccessEvent::Revoked(e) => {
                self.end_grant((id.0, e.grant.0), GrantState::Revoked, recorded);
            }
            SubjectAccessEvent::Expired(e) => {
                self.end_grant((id.0, e.grant.0), GrantState::Expired, recorded);
            }
            SubjectAccessEvent::Excepted(e) => {
                let row = ExceptionRow::made(stream, e, Deed::of(recorded));
                self.changes.push(change(ChangeKind::Excepted).of_exception(&row));
                self.changed.insert((id.0, e.exception.0));
                self.known_exception(row);
            }
            SubjectAccessEvent::ExceptionEnded(e) => {
                self.end_exception((id.0, e.exception.0), recorded);
            }
            SubjectAccessEvent::Closed(_) => {
                self.changes.push(change(ChangeKind::Closed));
                for key in keys_of(&self.grants, id.0) {
                    self.end_grant(key, GrantState::Revoked, recorded);
                }
                for key in keys_of(&self.exceptions, id.0) {
                    self.end_exception(key, recorded);
                }
            }
        }
    }

    fn end_grant(&mut self, key: Key, state: GrantState, recorded: &Recorded) {
        let Some(holder) = self.holders.get(&key.0) else { return };
        let grant = self.grants.get_mut(&key).filter(|row| row.state == GrantState::Active);
        let Some(row) = grant else { return };
        row.end(state, Deed::of(recorded));
        let kind = match state {
            GrantState::Expired => ChangeKind::Expired,
            GrantState::Active | GrantState::Revoked => ChangeKind::Revoked,
        };
        let change = ChangeRow::of(recorded, kind, holder).of_grant(row);
        self.changed.insert(key);
        self.tell_next(change);
    }

    fn end_exception(&mut self, key: Key, recorded: &Recorded) {
        let Some(holder) = self.holders.get(&key.0) else { return };
        let exception = self.exceptions.get_mut(&key).filter(|row| row.ended_at.is_none());
        let Some(row) = exception else { return };
        row.end(Deed::of(recorded));
        let change = ChangeRow::of(recorded, ChangeKind::ExceptionEnded, holder).of_exception(row);
        self.changed.insert(key);
        self.tell_next(change);
    }

    /// One more change of the same event has the next part.
    fn tell_next(&mut self, change: ChangeRow) {
        let last = self.changes.last().filter(|last| last.global_seq == change.global_seq);
        let part = last.map_or(0, |last| last.part + 1);
        self.changes.push(ChangeRow { part, ..change });
    }
}

fn keys_of<R>(rows: &BTreeMap<Key, R>, subject: Uuid) -> Vec<Key> {
    let whole = (subject, Uuid::nil())..=(subject, Uuid::max());
    rows.range(whole).map(|(key, _)| *key).collect()
}
