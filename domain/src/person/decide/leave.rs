//! Leave: the person is gone.

use super::must_be_another;
use crate::kernel::{Context, PersonId};
use crate::person::event::{Left, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P2, P13. Another says that a person is gone, for ever. The login stays taken, the e-mail address
/// is free again.
#[derive(Debug, Clone, PartialEq)]
pub struct Leave {
    /// The stream's own identity: whom.
    pub person: PersonId,
}

impl Leave {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        person.body()?;
        must_be_another(self.person, cx)?;
        Ok(vec![PersonEvent::Left(Left {})])
    }
}
