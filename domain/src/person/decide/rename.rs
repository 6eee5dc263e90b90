//! Rename: the person has another name.

use super::own_line;
use crate::kernel::text::NAME_MAX;
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, Renamed};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P7. A person may have another name. The same name again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rename {
    /// The stream's own identity: everything personal is sealed under it.
    pub person: PersonId,
    /// At most 200 characters.
    pub name: String,
}

impl Rename {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        let name = own_line(self.person, "name", &self.name, NAME_MAX)?;
        if body.name == name {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::Renamed(Renamed { name })])
    }
}
