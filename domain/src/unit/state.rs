//! What a unit's decisions need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::UnitEvent;
use super::refusal::UnitRefusal;
use super::words::{RoutingMethod, UnitKind};
use crate::access::model::ClassSet;
use crate::kernel::PersonId;

/// A unit as the decisions see one: nothing before its creation.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Unit(pub Option<Body>);

/// A unit that was created.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// What sort.
    pub kind: UnitKind,
    /// Who belongs to it.
    pub people: BTreeSet<PersonId>,
    /// Who heads it.
    pub heads: BTreeSet<PersonId>,
    /// Who speaks for a customer organisation.
    pub lead: Option<PersonId>,
    /// How its new tickets find their people.
    pub routing: RoutingMethod,
    /// Whether it takes nothing any more.
    pub closed: bool,
    /// For which classes of actions grants from above end at it.
    #[serde(default)]
    pub barrier: ClassSet,
}

impl Unit {
    /// The unit, else U1's refusal.
    pub fn body(&self) -> Result<&Body, UnitRefusal> {
        self.0.as_ref().ok_or(UnitRefusal::NotFound)
    }

    /// The unit while it takes anything, else U1's or U9's refusal.
    pub fn open(&self) -> Result<&Body, UnitRefusal> {
        let body = self.body()?;
        if body.closed { Err(UnitRefusal::Closed) } else { Ok(body) }
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: UnitEvent) {
        if let UnitEvent::Created(created) = event {
            self.0.get_or_insert(Body {
                name: created.name,
                kind: created.kind,
                people: BTreeSet::new(),
                heads: BTreeSet::new(),
                lead: None,
                routing: RoutingMethod::Pull,
                closed: false,
                barrier: ClassSet::NONE,
            });
            return;
        }
        let Some(body) = &mut self.0 else { return };
        match event {
            UnitEvent::Created(_) => {}
            UnitEvent::Joined(e) => {
                body.people.insert(e.person);
            }
            UnitEvent::HeadAppointed(e) => {
                body.heads.insert(e.person);
            }
            UnitEvent::LeadAppointed(e) => body.lead = Some(e.person),
            UnitEvent::Renamed(e) => body.name = e.name,
            UnitEvent::Left(e) => {
                body.people.remove(&e.person);
                body.heads.remove(&e.person);
            }
            UnitEvent::HeadDismissed(e) => {
                body.heads.remove(&e.person);
            }
            UnitEvent::RoutingChosen(e) => body.routing = e.method,
            UnitEvent::Closed(_) => body.closed = true,
            UnitEvent::BarrierDrawn(e) => body.barrier = e.classes,
            UnitEvent::BarrierLifted(_) => body.barrier = ClassSet::NONE,
        }
    }
}
