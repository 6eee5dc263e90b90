//! What an aggregate looks like, field by field, as texts; and what differs between two such looks.

use std::collections::BTreeMap;

use domain::Fact;
use domain::person::{Person, PersonEvent};
use domain::settings::Settings;
use domain::subject::{Subject, SubjectEvent};
use domain::ticket::Ticket;
use domain::unit::{Unit, UnitEvent};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::row::Change;
use crate::rows::ERASED;

/// Fields that only the decisions need.
const INTERNAL: &[&str] = &["last_holder"];

/// An aggregate between two events.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Picture {
    /// The domain's own state, as JSON; null before the first event.
    folded: Value,
    /// What the first event said and the decisions do not remember, such as a person's name.
    said: BTreeMap<String, String>,
}

impl Picture {
    /// The picture after an event; none when this version cannot read the stored one.
    pub(super) fn after(mut self, fact: &Fact) -> Option<Self> {
        let before = self.folded;
        self.folded = match fact {
            Fact::Ticket(_, e) => evolved::<Ticket>(before, |state| state.evolve(e.clone())),
            Fact::Person(_, e) => evolved::<Person>(before, |state| state.evolve(e.clone())),
            Fact::Unit(_, e) => evolved::<Unit>(before, |state| state.evolve(e.clone())),
            Fact::Subject(_, e) => evolved::<Subject>(before, |state| state.evolve(e.clone())),
            Fact::Settings(e) => evolved::<Settings>(before, |state| state.evolve(e.clone())),
            Fact::Conversation(..)
            | Fact::TicketDossier(..)
            | Fact::CustomField(..)
            | Fact::Template(..)
            | Fact::Macro(..)
            | Fact::Queue(..) => Some(before),
        }?;
        if self.said.is_empty() {
            self.said = fields(&said(fact));
        }
        Some(self)
    }

    /// The fields that differ, by name.
    pub(super) fn changes_to(&self, after: &Self) -> Vec<Change> {
        let (mut before, after) = (self.fields(), after.fields());
        let mut changes = Vec::new();
        for (field, to) in after {
            let from = before.remove(&field);
            if from.as_ref() != Some(&to) {
                changes.push(Change { field, from, to: Some(to) });
            }
        }
        changes.extend(before.into_iter().map(|(field, from)| Change {
            field,
            from: Some(from),
            to: None,
        }));
        changes.sort_by(|a, b| a.field.cmp(&b.field));
        changes
    }

    fn fields(&self) -> BTreeMap<String, String> {
        let mut all = self.said.clone();
        all.extend(fields(&self.folded));
        all.retain(|field, _| !INTERNAL.contains(&field.as_str()));
        all
    }
}

fn evolved<S: Default + Serialize + for<'de> Deserialize<'de>>(
    before: Value,
    evolve: impl FnOnce(&mut S),
) -> Option<Value> {
    let mut state =
        if before.is_null() { S::default() } else { serde_json::from_value(before).ok()? };
    evolve(&mut state);
    Some(json!(state))
}

/// What a first event says beyond the decisions' memory.
fn said(fact: &Fact) -> Value {
    match fact {
        Fact::Person(_, PersonEvent::Registered(e)) => json!(e),
        Fact::Unit(_, UnitEvent::Created(e)) => json!(e),
        Fact::Subject(_, SubjectEvent::Created(e)) => json!(e),
        _ => Value::Null,
    }
}

/// An object's fields as texts, without those that are nothing.
fn fields(value: &Value) -> BTreeMap<String, String> {
    let Value::Object(object) = value else { return BTreeMap::new() };
    object.iter().filter_map(|(field, value)| Some((field.clone(), text(value)?))).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => {
            let items: Vec<String> = items.iter().filter_map(text).collect();
            (!items.is_empty()).then(|| items.join(", "))
        }
        // The only objects within a state are personal data.
        Value::Object(_) => match value.pointer("/$personal/value") {
            Some(clear) => text(clear),
            None => Some(ERASED.to_owned()),
        },
    }
}
