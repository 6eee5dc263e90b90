//! Take position: what the person is here.

use super::must_be_another_human;
use crate::kernel::text::{self, NAME_MAX};
use crate::kernel::{Context, PersonId};
use crate::person::event::{PersonEvent, PositionTaken};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P7, P15. A person may have a position, or none. The same position again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct TakePosition {
    /// The stream's own identity: who.
    pub person: PersonId,
    /// At most 200 characters; none: no position.
    pub position: Option<String>,
}

impl TakePosition {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        let position = self
            .position
            .map(|position| text::line(&position, NAME_MAX))
            .transpose()
            .map_err(|fault| PersonRefusal::TextUnfit { field: "position", fault })?;
        if body.position == position {
            return Ok(vec![]);
        }
        must_be_another_human(self.person, cx)?;
        Ok(vec![PersonEvent::PositionTaken(PositionTaken { position })])
    }
}
