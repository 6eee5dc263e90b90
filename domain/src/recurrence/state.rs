//! What a recurrence's decisions need to remember.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{Definition, RecurrenceEvent};
use super::refusal::RecurrenceRefusal;

/// A recurrence: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Recurrence(pub Option<Box<Body>>);

/// A recurrence that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What is opened when.
    pub definition: Definition,
    /// Whether nothing is opened until it is defined anew.
    pub stopped: bool,
    /// Occurrences until then are seen to.
    pub seen_to: DateTime<Utc>,
}

impl Recurrence {
    /// The recurrence, else the refusal of one that is none.
    pub fn body(&self) -> Result<&Body, RecurrenceRefusal> {
        self.0.as_deref().ok_or(RecurrenceRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: RecurrenceEvent) {
        if let RecurrenceEvent::Defined(e) = event {
            let before = self.0.as_deref().map(|body| body.seen_to);
            let seen_to = before.map_or(e.since, |before| before.max(e.since));
            let body = Body { definition: e.definition, stopped: false, seen_to };
            self.0 = Some(Box::new(body));
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            RecurrenceEvent::Defined(_) => {}
            RecurrenceEvent::Stopped(_) => body.stopped = true,
            RecurrenceEvent::Opened(e) => body.seen_to = body.seen_to.max(e.occurrence),
            RecurrenceEvent::PassedOver(e) => body.seen_to = body.seen_to.max(e.occurrence),
        }
    }
}
