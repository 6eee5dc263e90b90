//! What a hold's decisions need to remember.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{EvidenceHoldEvent, HeldObject};
use super::refusal::EvidenceHoldRefusal;

/// A hold: nothing before it is placed.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct EvidenceHold(pub Option<Body>);

/// A hold that was placed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// On what.
    pub on: HeldObject,
    /// From then on no more.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime<Utc>>,
    /// Whether it was lifted.
    pub lifted: bool,
}

impl EvidenceHold {
    /// The hold, else EH1's refusal.
    pub fn body(&self) -> Result<&Body, EvidenceHoldRefusal> {
        self.0.as_ref().ok_or(EvidenceHoldRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: EvidenceHoldEvent) {
        match event {
            EvidenceHoldEvent::Placed(e) => {
                self.0.get_or_insert(Body { on: e.on, until: e.until, lifted: false });
            }
            EvidenceHoldEvent::Lifted(_) => {
                if let Some(body) = &mut self.0 {
                    body.lifted = true;
                }
            }
        }
    }
}

impl Body {
    /// Whether it protects anything at this instant.
    pub fn is_in_force(&self, at: DateTime<Utc>) -> bool {
        !self.lifted && self.until.is_none_or(|until| at < until)
    }
}
