//! What a group's decisions need to remember.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use super::event::AccessGroupEvent;
use super::refusal::AccessGroupRefusal;
use crate::access::model::AccessSubject;
use crate::access::population::Population;
use crate::kernel::PersonId;

/// A group: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessGroup(pub Option<Box<Body>>);

/// A group that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// What it is for.
    pub purpose: String,
    /// Who answers for it.
    pub owner: PersonId,
    /// Who was added.
    pub members: BTreeSet<AccessSubject>,
    /// Whoever is of this belongs to it besides.
    pub population: Option<Population>,
    /// Whether it is over.
    pub retired: bool,
}

impl AccessGroup {
    /// The group, else AG1's refusal.
    pub fn body(&self) -> Result<&Body, AccessGroupRefusal> {
        self.0.as_deref().ok_or(AccessGroupRefusal::NotFound)
    }

    /// The group if it is not over, else AG6's refusal.
    pub(super) fn open(&self) -> Result<&Body, AccessGroupRefusal> {
        let body = self.body()?;
        if body.retired { Err(AccessGroupRefusal::Retired) } else { Ok(body) }
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_deref().filter(|body| !body.retired).map(|body| body.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: AccessGroupEvent) {
        if let AccessGroupEvent::Defined(e) = event {
            self.0.get_or_insert_with(|| {
                Box::new(Body {
                    name: e.name,
                    purpose: e.purpose,
                    owner: e.owner,
                    members: BTreeSet::new(),
                    population: None,
                    retired: false,
                })
            });
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            AccessGroupEvent::Defined(_) => {}
            AccessGroupEvent::Redefined(e) => {
                (body.name, body.purpose, body.owner) = (e.name, e.purpose, e.owner);
            }
            AccessGroupEvent::PopulationChosen(e) => body.population = e.population,
            AccessGroupEvent::MemberAdded(e) => drop(body.members.insert(e.member)),
            AccessGroupEvent::MemberRemoved(e) => drop(body.members.remove(&e.member)),
            AccessGroupEvent::Retired(_) => body.retired = true,
        }
    }
}
