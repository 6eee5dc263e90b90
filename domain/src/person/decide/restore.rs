//! Restore: the person may act again.

use crate::kernel::Context;
use crate::person::event::{PersonEvent, Restored};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::Life;

/// P12. A suspended person may be restored. Whoever is active stays so.
#[derive(Debug, Clone, PartialEq)]
pub struct Restore {}

impl Restore {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if person.body()?.life == Life::Active {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::Restored(Restored {})])
    }
}
