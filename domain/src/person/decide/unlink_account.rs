//! Unlink account: it is a human's own again.

use super::must_be_another_human;
use crate::access::known::AccessNeeds;
use crate::kernel::{Context, Needs, PersonId};
use crate::person::event::{AccountUnlinked, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P14. Somebody who is another human says that the account is nobody's second one. Of an account
/// that is not, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct UnlinkAccount {
    /// The stream's own identity: the account.
    pub person: PersonId,
}

impl UnlinkAccount {
    pub(in crate::person) fn needs(&self) -> Needs {
        AccessNeeds::rules().into()
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        let Some(human) = body.human else { return Ok(vec![]) };
        must_be_another_human(self.person, cx)?;
        must_be_another_human(human.0, cx)?;
        Ok(vec![PersonEvent::AccountUnlinked(AccountUnlinked {})])
    }
}
