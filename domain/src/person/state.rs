//! What a person's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::PersonEvent;
use super::words::Role;

/// A person as the decisions see one: nothing before registration.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Person(pub Option<Body>);

/// A registered person.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What the person may do.
    pub role: Role,
    /// Whether the password serves once only.
    pub must_change_password: bool,
}

impl Person {
    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: PersonEvent) {
        match event {
            PersonEvent::Registered(e) => {
                self.0.get_or_insert(Body { role: e.role, must_change_password: false });
            }
            PersonEvent::PasswordChanged(e) => {
                if let Some(body) = &mut self.0 {
                    body.must_change_password = e.must_change;
                }
            }
        }
    }
}
