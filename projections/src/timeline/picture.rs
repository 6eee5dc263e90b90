//! What an aggregate looks like, field by field, as texts; and what differs between two such looks.

use std::collections::BTreeMap;

use domain::Fact;
use domain::ci_class::CiClassEvent;
use domain::conversation::ConversationEvent;
use domain::ticket_clock::TicketClockEvent;
use domain::unit::UnitEvent;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::row::Change;
use super::{items, personal, state};
use crate::rows::ERASED;

/// Fields that only the decisions need.
const INTERNAL: &[&str] = &["last_holder", "work_of"];
/// Fields that hold others together by their ids, told one by one as `fields.<id>`.
pub(super) const BY_ID: &str = "fields";
/// The same of files, each told by its name alone.
const FILES: &str = "attachments";
/// Fields that only hold others together, told one by one.
const BRACKETS: &[&str] = &["arrangement", "content", "survey", "check", "definition"];
/// Fields whose parts are told one by one under their name: a part may be erased.
const PARTED: &[&str] = &["rating", "finding", "items", "computed"];

/// An aggregate between two events.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub(super) struct Picture {
    /// The domain's own state, as JSON; null before the first event.
    folded: Value,
    /// What the first event said and the decisions do not remember, such as a unit's department.
    said: BTreeMap<String, String>,
}

impl Picture {
    /// The picture after an event, and what changed by it; none when this version cannot read the
    /// stored one.
    pub(super) fn step(self, fact: &Fact) -> Option<(Self, Vec<Change>)> {
        if let Some(words) = words(fact) {
            // Nothing said or measured changes anything said or measured before.
            let silent = Self::default();
            let said = Self { folded: words, said: BTreeMap::new() };
            let changes = silent.changes_to(&said);
            return Some((silent, changes));
        }
        if let Some(changes) = items::changes(fact) {
            return Some((Self::default(), changes));
        }
        let after = self.clone().after(fact)?;
        let mut changes = self.changes_to(&after);
        self.tell_personal(fact, &after, &mut changes);
        Some((after, changes))
    }

    fn after(mut self, fact: &Fact) -> Option<Self> {
        let before = self.folded;
        self.folded = match fact {
            Fact::CiClass(_, CiClassEvent::Defined(e)) => Some(items::class(e)),
            Fact::Conversation(..)
            | Fact::TicketClock(..)
            | Fact::Ci(..)
            | Fact::Erasure(..)
            | Fact::EvidenceHold(..) => Some(before),
            _ => state::after(before, fact),
        }?;
        if self.said.is_empty() {
            self.said = fields(&said(fact));
        }
        Some(self)
    }

    /// The fields that differ, by name.
    fn changes_to(&self, after: &Self) -> Vec<Change> {
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

    /// Adds what the event said and was so before: two personal texts that differed are alike once
    /// they are erased, and a row must not look otherwise for that.
    fn tell_personal(&self, fact: &Fact, after: &Self, changes: &mut Vec<Change>) {
        let (before, mut after) = (self.fields(), after.fields());
        for field in personal::fields(fact) {
            let told = changes.iter().any(|change| change.field == field);
            if let Some(to) = after.remove(&field).filter(|_| !told) {
                let from = before.get(&field).cloned();
                changes.push(Change { field, from, to: Some(to) });
            }
        }
        changes.sort_by(|a, b| a.field.cmp(&b.field));
    }

    fn fields(&self) -> BTreeMap<String, String> {
        let mut all = self.said.clone();
        all.extend(fields(&self.folded));
        all.retain(|field, _| !INTERNAL.contains(&field.as_str()));
        all
    }
}

/// What a first event says beyond the decisions' memory.
fn said(fact: &Fact) -> Value {
    match fact {
        Fact::Unit(_, UnitEvent::Created(e)) => json!({"parent": e.parent}),
        _ => Value::Null,
    }
}

/// What is said by an event of a conversation, of a ticket's clocks, of an erasure or of a hold: each
/// stands for itself.
fn words(fact: &Fact) -> Option<Value> {
    match fact {
        Fact::Conversation(_, ConversationEvent::Replied(e)) => Some(json!(e)),
        Fact::Conversation(_, ConversationEvent::Noted(e)) => Some(json!(e)),
        Fact::TicketClock(_, TicketClockEvent::ThresholdReached(e)) => Some(json!(e)),
        Fact::TicketClock(_, TicketClockEvent::Breached(e)) => Some(json!(e)),
        Fact::TicketClock(_, TicketClockEvent::Notified(e)) => Some(json!(e)),
        Fact::TicketClock(_, TicketClockEvent::DeadlineNeared(e)) => Some(json!(e)),
        Fact::TicketClock(_, TicketClockEvent::DeadlinePassed(e)) => Some(json!(e)),
        Fact::Erasure(_, e) => said_by(&json!(e)),
        Fact::EvidenceHold(_, e) => said_by(&json!(e)),
        _ => None,
    }
}

/// An event is an object of one field, its name, with what it says.
fn said_by(event: &Value) -> Option<Value> {
    event.as_object()?.values().next().cloned()
}

/// An object's fields as texts, without those that are nothing.
fn fields(value: &Value) -> BTreeMap<String, String> {
    let Value::Object(object) = value else { return BTreeMap::new() };
    let mut found = BTreeMap::new();
    for (field, value) in object {
        if BRACKETS.contains(&field.as_str()) {
            found.extend(fields(value));
        } else if PARTED.contains(&field.as_str()) {
            let parts = fields(value).into_iter();
            found.extend(parts.map(|(part, text)| (format!("{field}.{part}"), text)));
        } else if field == BY_ID {
            found.extend(by_id(value));
        } else if field == FILES {
            found.extend(files(value));
        } else {
            found.extend(text(value).map(|text| (field.clone(), text)));
        }
    }
    found
}

/// What custom fields say, each under its own name.
fn by_id(value: &Value) -> BTreeMap<String, String> {
    let Value::Object(object) = value else { return BTreeMap::new() };
    let said = |value: &Value| value.as_object().into_iter().flatten().find_map(|(_, v)| text(v));
    let told = |(id, value)| Some((format!("{BY_ID}.{id}"), said(value)?));
    object.iter().filter_map(told).collect()
}

/// What files are called, each under its own name.
fn files(value: &Value) -> BTreeMap<String, String> {
    let named =
        |(id, file): (&String, &Value)| Some((format!("{FILES}.{id}"), text(&file["name"])?));
    value.as_object().into_iter().flatten().filter_map(named).collect()
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => joined(items.iter().filter_map(text)),
        Value::Object(object) => {
            if let Some(personal) = object.get("$personal") {
                return text(&personal["value"]);
            }
            if object.contains_key("$sealed") || object.contains_key("$erased") {
                return Some(ERASED.to_owned());
            }
            joined(object.iter().filter_map(|(key, value)| {
                let told = text(value)?;
                Some(if value.is_object() {
                    format!("{key} ({told})")
                } else {
                    format!("{key}: {told}")
                })
            }))
        }
    }
}

fn joined(texts: impl Iterator<Item = String>) -> Option<String> {
    let texts: Vec<String> = texts.collect();
    (!texts.is_empty()).then(|| texts.join(", "))
}
