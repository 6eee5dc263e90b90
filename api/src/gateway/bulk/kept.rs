//! What is known of items and of their identities while rows are decided; what a row adds can be taken
//! back.

use std::collections::{BTreeMap, HashMap};

use cqrs_es::Aggregate;
use domain::ci::Ci;
use domain::ci::state::Body;
use domain::cmdb::IDENTITY;
use domain::kernel::{CiId, ClaimChange, ClaimKey};
use journal::journal::Loaded;
use journal::{ClaimOf, NewEvent, StreamAppend};
use uuid::Uuid;

/// An item, as it stands after the rows so far.
#[derive(Debug, Clone, Default)]
pub(super) struct Kept {
    state: Ci,
    expected: i64,
    events: Vec<NewEvent>,
}

impl Kept {
    pub(super) fn of(loaded: Loaded<Ci>) -> Self {
        Self { state: loaded.state, expected: loaded.version, events: Vec::new() }
    }
}

/// The items.
#[derive(Debug, Default)]
pub(super) struct Items {
    all: HashMap<CiId, Kept>,
    /// Those that this row has changed, as they were before; none: not there.
    before: Vec<(CiId, Before)>,
}

/// An item before a row.
#[derive(Debug)]
enum Before {
    Absent,
    Stood { state: Ci, events: usize },
}

impl Items {
    pub(super) fn knows(&self, id: CiId) -> bool {
        self.all.contains_key(&id)
    }

    pub(super) fn is_new(&self, id: CiId) -> bool {
        self.all.get(&id).is_some_and(|kept| kept.expected == 0 && !kept.events.is_empty())
    }

    pub(super) fn learn(&mut self, id: CiId, kept: Kept) {
        self.all.insert(id, kept);
    }

    /// An item whose identity was drawn just now: nothing is to be loaded.
    pub(super) fn begin(&mut self, id: CiId) {
        if !self.knows(id) {
            self.all.insert(id, Kept::default());
            self.before.push((id, Before::Absent));
        }
    }

    pub(super) fn state(&mut self, id: CiId) -> &Ci {
        &self.all.entry(id).or_default().state
    }

    pub(super) fn body(&self, id: CiId) -> Option<&Body> {
        self.all.get(&id)?.state.0.as_deref()
    }

    pub(super) fn add(&mut self, id: CiId, after: Ci, events: Vec<NewEvent>) {
        let kept = self.all.entry(id).or_default();
        let events_before = kept.events.len();
        let state = std::mem::replace(&mut kept.state, after);
        kept.events.extend(events);
        self.before.push((id, Before::Stood { state, events: events_before }));
    }

    /// From here on can be taken back.
    pub(super) fn mark(&mut self) {
        self.before.clear();
    }

    pub(super) fn go_back(&mut self) {
        while let Some((id, before)) = self.before.pop() {
            match before {
                Before::Absent => {
                    self.all.remove(&id);
                }
                Before::Stood { state, events } => {
                    if let Some(kept) = self.all.get_mut(&id) {
                        kept.state = state;
                        kept.events.truncate(events);
                    }
                }
            }
        }
    }

    pub(super) fn into_streams(self) -> Vec<StreamAppend> {
        let changed = self.all.into_iter().filter(|(_, kept)| !kept.events.is_empty());
        let mut streams: Vec<StreamAppend> = changed
            .map(|(id, kept)| StreamAppend {
                events: kept.events,
                ..stream(Ci::TYPE, id.0, kept.expected)
            })
            .collect();
        streams.sort_unstable_by_key(|stream| stream.aggregate_id);
        streams
    }
}

/// A stream to which nothing is added yet.
pub(super) fn stream(aggregate_type: &'static str, id: Uuid, expected: i64) -> StreamAppend {
    StreamAppend { aggregate_type, aggregate_id: id, expected, events: Vec::new() }
}

/// Who holds which identity.
#[derive(Debug, Default)]
pub(super) struct Holders {
    /// Now, and as it is stored.
    all: HashMap<ClaimKey, (Option<CiId>, Option<CiId>)>,
    /// What this row has changed, as it was before.
    before: Vec<(ClaimKey, Option<CiId>)>,
}

impl Holders {
    pub(super) fn of(&self, key: &ClaimKey) -> Option<Option<CiId>> {
        self.all.get(key).map(|(now, _)| *now)
    }

    /// Whom the rows so far have let hold a key that begins so, or have taken it from.
    pub(super) fn beginning(&self, with: &str) -> impl Iterator<Item = (&String, Option<CiId>)> {
        self.all.iter().filter_map(move |(key, (now, _))| match key {
            ClaimKey::Plain(text) if text.starts_with(with) => Some((text, *now)),
            ClaimKey::Plain(_) | ClaimKey::Personal(_) => None,
        })
    }

    pub(super) fn learn(&mut self, key: ClaimKey, holder: Option<CiId>) {
        self.all.entry(key).or_insert((holder, holder));
    }

    pub(super) fn hold(&mut self, key: ClaimKey, id: CiId) {
        self.set(key, Some(id));
    }

    /// Whoever releases a key holds it.
    pub(super) fn release(&mut self, key: ClaimKey, id: CiId) {
        self.learn(key.clone(), Some(id));
        self.set(key, None);
    }

    fn set(&mut self, key: ClaimKey, holder: Option<CiId>) {
        let known = self.all.entry(key.clone()).or_default();
        let before = std::mem::replace(&mut known.0, holder);
        self.before.push((key, before));
    }

    pub(super) fn mark(&mut self) {
        self.before.clear();
    }

    pub(super) fn go_back(&mut self) {
        while let Some((key, before)) = self.before.pop() {
            if let Some(known) = self.all.get_mut(&key) {
                known.0 = before;
            }
        }
    }

    /// What the rows have changed, each key once.
    pub(super) fn into_claims(self) -> Vec<ClaimOf> {
        let changed: BTreeMap<ClaimKey, _> =
            self.all.into_iter().filter(|(_, (now, stored))| now != stored).collect();
        let mut claims = Vec::new();
        for (key, (now, stored)) in changed {
            if let Some(holder) = stored {
                claims.push(of(holder, ClaimChange::Release { scope: IDENTITY, key: key.clone() }));
            }
            if let Some(holder) = now {
                claims.push(of(holder, ClaimChange::Hold { scope: IDENTITY, key }));
            }
        }
        claims
    }
}

fn of(holder: CiId, change: ClaimChange) -> ClaimOf {
    ClaimOf { aggregate_type: Ci::TYPE, aggregate_id: holder.0, change }
}
