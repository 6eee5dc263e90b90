//! What a saved queue's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::arrangement::Arrangement;
use super::event::QueueEvent;
use super::refusal::QueueRefusal;
use crate::kernel::PersonId;

/// A saved queue: nothing before it is saved.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Queue(pub Option<Box<Body>>);

/// A queue that was saved.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Who saved it.
    pub owner: PersonId,
    /// What it shows, and to whom.
    pub arrangement: Arrangement,
    /// Whether it is gone.
    pub removed: bool,
}

impl Queue {
    /// The queue, else Q1's refusal; one that is gone is there to be asked about.
    pub fn body(&self) -> Result<&Body, QueueRefusal> {
        self.0.as_deref().ok_or(QueueRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: QueueEvent) {
        match event {
            QueueEvent::Saved(e) => {
                let arrangement = Arrangement {
                    name: e.name,
                    sharing: e.sharing,
                    unit: e.unit,
                    filter: e.filter,
                    order: e.order,
                    columns: e.columns,
                };
                let body = Body { owner: e.owner, arrangement, removed: false };
                self.0.get_or_insert_with(|| Box::new(body));
            }
            QueueEvent::Rearranged(e) => {
                let Some(body) = self.0.as_deref_mut() else { return };
                body.arrangement = Arrangement {
                    name: e.name,
                    sharing: e.sharing,
                    unit: e.unit,
                    filter: e.filter,
                    order: e.order,
                    columns: e.columns,
                };
            }
            QueueEvent::Removed(_) => {
                if let Some(body) = self.0.as_deref_mut() {
                    body.removed = true;
                }
            }
        }
    }
}
