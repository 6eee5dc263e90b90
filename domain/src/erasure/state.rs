//! What an erasure's decisions need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::event::ErasureEvent;
use super::refusal::ErasureRefusal;
use super::words::{ErasureGround, Phase};
use crate::kernel::PersonId;

/// An erasure: nothing before it is asked for.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Erasure(pub Option<Box<Body>>);

/// An erasure that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Body {
    /// Whom.
    pub person: PersonId,
    /// With which right.
    pub ground: ErasureGround,
    /// Who asked; none: a program.
    pub requester: Option<PersonId>,
    /// How far it has come.
    pub phase: Phase,
    /// The keys that are gone.
    pub keys: BTreeSet<Uuid>,
}

impl Erasure {
    /// The erasure, else ER1's refusal.
    pub fn body(&self) -> Result<&Body, ErasureRefusal> {
        self.0.as_deref().ok_or(ErasureRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: ErasureEvent) {
        if let ErasureEvent::Requested(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Body {
                    person: e.person,
                    ground: e.ground,
                    requester: e.requester,
                    phase: Phase::Requested,
                    keys: BTreeSet::new(),
                })
            });
        } else if let Some(body) = self.0.as_deref_mut() {
            body.evolve(event);
        }
    }
}

impl Body {
    fn evolve(&mut self, event: ErasureEvent) {
        match (event, self.phase) {
            (ErasureEvent::Approved(_), Phase::Requested) => self.phase = Phase::Approved,
            (ErasureEvent::Refused(_), phase) if phase.is_open() => self.phase = Phase::Refused,
            (ErasureEvent::Withdrawn(_), phase) if phase.is_open() => self.phase = Phase::Withdrawn,
            (ErasureEvent::DestructionBegun(_), Phase::Approved) => self.phase = Phase::Begun,
            (ErasureEvent::KeysDestroyed(e), Phase::Begun) => {
                (self.phase, self.keys) = (Phase::KeysDestroyed, e.keys);
            }
            (ErasureEvent::Purged(_), Phase::KeysDestroyed) => self.phase = Phase::Purged,
            (ErasureEvent::Certified(_), Phase::Purged) => self.phase = Phase::Certified,
            _ => {}
        }
    }
}
