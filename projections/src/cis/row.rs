//! The row, and how an event changes it. A correction says itself what counts after it, so that a
//! list can never disagree with the decision.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Utc};
use domain::ci::event::{Correction, Registered};
use domain::ci::state::Given;
use domain::ci::words::CiLife;
use domain::ci::{CiEvent, Origin};
use domain::cmdb::{Datum, NAME, ORGANIZATION, STATUS, Stored};
use domain::kernel::{CiClassId, CiId};
use journal::Recorded;
use serde::{Deserialize, Serialize};

use crate::rows::{ERASED, micros};

/// An item between two of its events.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CiRow {
    /// Its stream.
    pub ci_id: CiId,
    /// The event of the log that it is so from.
    pub since_seq: i64,
    /// The event from which it is not; none: it is so now.
    pub until_seq: Option<i64>,
    /// What it is.
    pub class_id: CiClassId,
    /// Empty where it has none.
    pub name: String,
    /// Whose it is.
    pub organization_id: Option<CiId>,
    /// Where in its use it is.
    pub status: Option<String>,
    /// What counts of it, by name. Personal values are clear, or the word `erased`; references are
    /// identities.
    pub attributes: BTreeMap<String, Datum>,
    /// What each source says, by attribute and source.
    pub given: BTreeMap<String, BTreeMap<String, Given>>,
    /// Where in its life it is.
    pub life: CiLife,
    /// The item that goes on in its place.
    pub merged_into: Option<CiId>,
    /// Sources that know it and did not send it any more, and since when.
    pub missing: BTreeMap<String, DateTime<Utc>>,
    /// What it may be the same thing as.
    pub alike: BTreeSet<CiId>,
    /// What it is not the same thing as, however alike they look.
    pub apart: BTreeSet<CiId>,
    /// When it was registered, by `occurred_at`, as all instants here.
    pub registered_at: DateTime<Utc>,
    /// When its last event happened.
    pub changed_at: DateTime<Utc>,
    /// The number of its events.
    pub version: i64,
}

impl CiRow {
    /// The row from an event on; none before it is registered.
    pub fn fold(
        before: Option<&Self>,
        recorded: &Recorded,
        event: &CiEvent,
        id: CiId,
    ) -> Option<Self> {
        let at = micros(recorded.event.meta.occurred_at);
        let mut row = match (event, before) {
            (CiEvent::Registered(registered), _) => Self::registered(registered, id, at),
            (_, before) => before?.clone(),
        };
        match event {
            CiEvent::Registered(_) | CiEvent::Related(_) | CiEvent::Unrelated(_) => {}
            CiEvent::Renamed(e)
            | CiEvent::StatusMoved(e)
            | CiEvent::OwnershipMoved(e)
            | CiEvent::Corrected(e) => row.correct(e),
            CiEvent::Retired(_) => row.life = CiLife::Retired,
            CiEvent::MergedInto(e) => {
                row.life = CiLife::Merged;
                row.merged_into = Some(e.into);
            }
            CiEvent::Missed(e) => {
                row.missing.insert(e.source.clone(), micros(e.since));
            }
            CiEvent::FoundAgain(e) => {
                row.missing.remove(&e.source);
            }
            CiEvent::Likened(e) => {
                row.alike.insert(e.other);
            }
            CiEvent::ToldApart(e) => {
                row.alike.remove(&e.other);
                row.apart.insert(e.other);
            }
        }
        row.since_seq = recorded.global_seq;
        row.until_seq = None;
        row.changed_at = at;
        row.version = recorded.event.sequence;
        row.put_aside();
        Some(row)
    }

    fn registered(registered: &Registered, id: CiId, at: DateTime<Utc>) -> Self {
        let Origin { name, rank } = &registered.origin;
        let given = |value: &Stored| {
            BTreeMap::from([(name.clone(), Given { rank: *rank, value: value.clone() })])
        };
        let values = &registered.values;
        Self {
            ci_id: id,
            since_seq: 0,
            until_seq: None,
            class_id: registered.class,
            name: String::new(),
            organization_id: None,
            status: None,
            attributes: values.iter().map(|(name, value)| (name.clone(), shown(value))).collect(),
            given: values.iter().map(|(name, value)| (name.clone(), given(value))).collect(),
            life: CiLife::Active,
            merged_into: None,
            missing: BTreeMap::new(),
            alike: BTreeSet::new(),
            apart: BTreeSet::new(),
            registered_at: at,
            changed_at: at,
            version: 1,
        }
    }

    fn correct(&mut self, correction: &Correction) {
        let Correction { attribute, origin, given, to, .. } = correction;
        let by_source = self.given.entry(attribute.clone()).or_default();
        match given {
            Some(value) => {
                let given = Given { rank: origin.rank, value: value.clone() };
                by_source.insert(origin.name.clone(), given);
            }
            None => {
                by_source.remove(&origin.name);
            }
        }
        if by_source.is_empty() {
            self.given.remove(attribute);
        }
        // Who says nothing of it any more does not miss it.
        let given = &self.given;
        let known = |source: &String| given.values().any(|it| it.contains_key(source));
        self.missing.retain(|source, _| known(source));
        match to {
            Some(value) => self.attributes.insert(attribute.clone(), shown(value)),
            None => self.attributes.remove(attribute),
        };
    }

    /// What lists are ordered and cut by stands in columns of its own.
    fn put_aside(&mut self) {
        let text = |name: &str| self.attributes.get(name).and_then(Datum::as_text);
        let (name, status) = (text(NAME).unwrap_or_default().to_owned(), text(STATUS));
        let status = status.map(str::to_owned);
        let organization = self.attributes.get(ORGANIZATION).and_then(Datum::as_reference);
        self.organization_id = organization.map(CiId);
        (self.name, self.status) = (name, status);
    }
}

/// A value as views show it.
pub(super) fn shown(value: &Stored) -> Datum {
    match value.value() {
        Some(datum) => datum.clone(),
        None => Datum::Text(ERASED.to_owned()),
    }
}
