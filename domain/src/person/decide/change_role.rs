//! Change role: the person may do other things.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, RoleChanged};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::Role;

/// P3, P6. A person may have any role of the person's kind; nobody changes their own. The same role
/// again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeRole {
    /// The stream's own identity: whom.
    pub person: PersonId,
    /// What the person may do.
    pub role: Role,
}

impl ChangeRole {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        if body.role == self.role {
            return Ok(vec![]);
        }
        must_be_another(self.person, cx)?;
        if body.kind != self.role.kind() {
            return Err(PersonRefusal::RoleUnfit);
        }
        Ok(vec![PersonEvent::RoleChanged(RoleChanged { role: self.role })])
    }
}
