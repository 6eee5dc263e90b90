//! Dismiss deputy: the person is back.

use crate::kernel::Context;
use crate::person::event::{DeputyDismissed, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P11. Nobody stands in for the member of staff any more. Where nobody does, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct DismissDeputy {}

impl DismissDeputy {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if person.staff()?.deputy.is_none() {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::DeputyDismissed(DeputyDismissed {})])
    }
}
