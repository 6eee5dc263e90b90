//! What the events of a batch begin and end: states of items, and relations.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::Fact;
use domain::ci::{CiEvent, Link};
use domain::cmdb::{Datum, REDUNDANCY};
use domain::kernel::CiId;
use journal::Recorded;
use serde_json::{Value, json};
use uuid::Uuid;

use super::given::{packed, unpacked};
use super::relations::RelationRow;
use super::row::CiRow;
use crate::error::ProjectionError;
use crate::rows::{self, line, micros};

/// Which relation: from, name, to.
type Key = (CiId, String, CiId);

/// Items on their way through a batch.
#[derive(Debug)]
pub(super) struct States {
    /// As they are after the events so far; whether the table has it so.
    current: BTreeMap<CiId, (CiRow, bool)>,
    /// Begun and ended by the batch.
    past: Vec<CiRow>,
    /// Of the table, ended by the batch.
    ended: Vec<Value>,
    /// Begun by the batch, and still so.
    bonds: BTreeMap<Key, RelationRow>,
    /// Begun and ended by it.
    past_bonds: Vec<RelationRow>,
    /// Ended by it, if the table has them.
    parted: Vec<Value>,
}

impl States {
    /// From the rows of today of all items that the batch goes on with.
    ///
    /// # Errors
    /// A row is not what this version writes.
    pub(super) fn of(before: BTreeMap<Uuid, Value>) -> Result<Self, ProjectionError> {
        let mut current = BTreeMap::new();
        for (id, stored) in before {
            let row = from_stored(stored).ok_or(ProjectionError::Row("cis"))?;
            current.insert(CiId(id), (row, true));
        }
        Ok(Self {
            current,
            past: Vec::new(),
            ended: Vec::new(),
            bonds: BTreeMap::new(),
            past_bonds: Vec::new(),
            parted: Vec::new(),
        })
    }

    /// The next event; one of another stream's type is nothing to items.
    pub(super) fn take(&mut self, recorded: &Recorded) {
        let Fact::Ci(id, event) = &recorded.fact else { return };
        let before = self.current.remove(id);
        let after = CiRow::fold(before.as_ref().map(|(row, _)| row), recorded, event, *id);
        let Some(after) = after else { return };
        if let Some((mut row, stored)) = before {
            let until = recorded.global_seq;
            if stored {
                let since = row.since_seq;
                self.ended.push(json!({"ci_id": id, "since_seq": since, "until_seq": until}));
            } else {
                row.until_seq = Some(until);
                self.past.push(row);
            }
        }
        self.current.insert(*id, (after, false));
        self.relate(*id, recorded, event);
    }

    fn relate(&mut self, from: CiId, recorded: &Recorded, event: &CiEvent) {
        match event {
            CiEvent::Registered(e) => {
                for link in &e.relations {
                    self.bind((from, link), recorded, &e.origin.name);
                }
            }
            CiEvent::Related(e) => {
                let link = Link { relation: e.relation.clone(), to: e.to };
                self.part((from, &link), recorded);
                self.bind((from, &link), recorded, &e.origin.name);
            }
            CiEvent::Unrelated(e) => {
                self.part((from, &Link { relation: e.relation.clone(), to: e.to }), recorded);
            }
            CiEvent::Renamed(_)
            | CiEvent::StatusMoved(_)
            | CiEvent::OwnershipMoved(_)
            | CiEvent::Corrected(_)
            | CiEvent::Retired(_)
            | CiEvent::MergedInto(_)
            | CiEvent::Missed(_)
            | CiEvent::FoundAgain(_)
            | CiEvent::Likened(_)
            | CiEvent::ToldApart(_) => {}
        }
    }

    fn bind(&mut self, (from, link): (CiId, &Link), recorded: &Recorded, source: &str) {
        let row = RelationRow {
            from_id: from,
            relation: link.relation.clone(),
            to_id: link.to,
            since_seq: recorded.global_seq,
            until_seq: None,
            source: source.to_owned(),
            since: at(recorded),
            until: None,
        };
        self.bonds.insert((from, link.relation.clone(), link.to), row);
    }

    fn part(&mut self, (from, link): (CiId, &Link), recorded: &Recorded) {
        let until = recorded.global_seq;
        match self.bonds.remove(&(from, link.relation.clone(), link.to)) {
            Some(mut row) => {
                (row.until_seq, row.until) = (Some(until), Some(at(recorded)));
                self.past_bonds.push(row);
            }
            None => self.parted.push(json!({
                "from_id": from,
                "relation": link.relation,
                "to_id": link.to,
                "until_seq": until,
                "until": at(recorded),
            })),
        }
    }

    /// What is to be written: states ended and begun, relations ended and begun.
    pub(super) fn into_rows(self) -> [Vec<Value>; 4] {
        let begun = self.current.into_values().filter(|(_, stored)| !stored).map(|(row, _)| row);
        let begun = self.past.into_iter().chain(begun).map(|row| to_stored(&row)).collect();
        let bonds = self.past_bonds.iter().chain(self.bonds.values());
        [self.ended, begun, self.parted, rows::stored(bonds)]
    }
}

/// The row as the table has it.
fn to_stored(row: &CiRow) -> Value {
    let mut stored = json!(row);
    stored["given"] = packed(&row.given);
    stored["searched"] = json!(line(&row.name));
    // Only what the kind of this name says; in a class of one's own it may be something else.
    let redundancy =
        row.attributes.get(REDUNDANCY).filter(|said| matches!(said, Datum::Redundancy(_)));
    stored["redundancy"] = json!(redundancy);
    stored
}

/// The row from the table's JSON.
fn from_stored(mut stored: Value) -> Option<CiRow> {
    stored["given"] = json!(unpacked(stored["given"].take())?);
    serde_json::from_value(stored).ok()
}

fn at(recorded: &Recorded) -> DateTime<Utc> {
    micros(recorded.event.meta.occurred_at)
}
