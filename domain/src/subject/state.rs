//! What a subject's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{DefaultsChosen, SubjectEvent};
use super::refusal::SubjectRefusal;

/// A subject: nothing before its creation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Subject(pub Option<Body>);

/// A subject that was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// How tickets about it start.
    pub defaults: DefaultsChosen,
    /// Whether no new ticket is about it.
    pub retired: bool,
}

impl Subject {
    /// The subject, else B1's refusal.
    pub fn body(&self) -> Result<&Body, SubjectRefusal> {
        self.0.as_ref().ok_or(SubjectRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SubjectEvent) {
        if let SubjectEvent::Created(created) = event {
            self.0.get_or_insert(Body {
                name: created.name,
                defaults: DefaultsChosen::default(),
                retired: false,
            });
            return;
        }
        let Some(body) = &mut self.0 else { return };
        match event {
            SubjectEvent::Created(_) => {}
            SubjectEvent::Renamed(e) => body.name = e.name,
            SubjectEvent::DefaultsChosen(e) => body.defaults = e,
            SubjectEvent::Retired(_) => body.retired = true,
            SubjectEvent::Restored(_) => body.retired = false,
        }
    }
}
