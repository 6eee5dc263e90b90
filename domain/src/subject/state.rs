//! What a subject's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::SubjectEvent;

/// A subject's name: none before its creation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject(pub Option<String>);

impl Subject {
    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SubjectEvent) {
        let SubjectEvent::Created(created) = event;
        self.0.get_or_insert(created.name);
    }
}
