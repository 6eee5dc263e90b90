//! Change contacts: the person is reached elsewhere.

use super::{own_email, own_phone};
use crate::kernel::{Context, PersonId};
use crate::person::event::{ContactsChanged, PersonEvent};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;

/// P2, P7. A person may be reached elsewhere, or nowhere; an e-mail address given up is free again.
/// The same contacts again change nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeContacts {
    /// The stream's own identity: everything personal is sealed under it.
    pub person: PersonId,
    /// At most 200 characters, with an `@`; none: nobody knows one.
    pub email: Option<String>,
    /// At most 100 characters; none: nobody knows one.
    pub phone: Option<String>,
}

impl ChangeContacts {
    pub(in crate::person) fn decide(
        self,
        person: &Person,
        _cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        let body = person.body()?;
        let email = self.email.as_deref().map(|value| own_email(self.person, value)).transpose()?;
        let phone = self.phone.as_deref().map(|value| own_phone(self.person, value)).transpose()?;
        if (&body.email, &body.phone) == (&email, &phone) {
            return Ok(vec![]);
        }
        Ok(vec![PersonEvent::ContactsChanged(ContactsChanged { email, phone })])
    }
}
