//! Change password: that it happened.

use crate::kernel::Context;
use crate::person::event::{PasswordChanged, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P5. A registered person has another password from now on; the credential store keeps its hash.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangePassword {
    /// Whether it serves once only.
    pub must_change: bool,
}

impl ChangePassword {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        person.body()?;
        Ok(vec![PersonEvent::PasswordChanged(PasswordChanged { must_change: self.must_change })])
    }
}
