//! Suspend: the person may do nothing for now.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, Suspended};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::Life;

/// P12. Another may suspend a person, never the person. Whoever is suspended stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct Suspend {
    /// The stream's own identity: whom.
    pub person: PersonId,
}

impl Suspend {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if person.body()?.life == Life::Suspended {
            return Ok(vec![]);
        }
        must_be_another(self.person, cx)?;
        Ok(vec![PersonEvent::Suspended(Suspended {})])
    }
}
