//! Register: a person becomes known.

use std::collections::BTreeSet;

use super::{organization_must_fit, own_email, own_line, own_phone};
use crate::kernel::text::{NAME_MAX, WORD_MAX};
use crate::kernel::{Context, Needs, PersonId, UnitId};
use crate::person::event::{PersonEvent, Registered};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::{PersonKind, Role};

/// P1, P3, P4. A person is registered once, with a login, a name and a role that fits the kind;
/// a client may belong to a customer organisation.
#[derive(Debug, Clone, PartialEq)]
pub struct Register {
    /// The stream's own identity: everything personal is sealed under it.
    pub id: PersonId,
    /// At most 100 characters, no white space.
    pub login: String,
    /// At most 200 characters.
    pub name: String,
    /// At most 200 characters, with an `@`.
    pub email: Option<String>,
    /// At most 100 characters.
    pub phone: Option<String>,
    /// What the person may do; it says which kind of person this is.
    pub role: Role,
    /// A client's customer organisation.
    pub organization: Option<UnitId>,
}

impl Register {
    pub(in crate::person) fn needs(&self) -> Needs {
        Needs { units: BTreeSet::from_iter(self.organization), ..Needs::default() }
    }

    pub(in crate::person) fn decide(
        self,
        person: &Person,
        cx: &Context,
    ) -> Result<Vec<PersonEvent>, PersonRefusal> {
        if person.0.is_some() {
            return Err(PersonRefusal::Exists);
        }
        if let Some(unit) = self.organization {
            if self.role.kind() != PersonKind::Client {
                return Err(PersonRefusal::OrganizationUnfit);
            }
            organization_must_fit(unit, cx)?;
        }
        if self.login.trim().contains(char::is_whitespace) {
            return Err(PersonRefusal::LoginUnfit);
        }
        let (email, phone) = (self.email.as_deref(), self.phone.as_deref());
        Ok(vec![PersonEvent::Registered(Box::new(Registered {
            email: email.map(|value| own_email(self.id, value)).transpose()?,
            login: own_line(self.id, "login", &self.login, WORD_MAX)?,
            name: own_line(self.id, "name", &self.name, NAME_MAX)?,
            phone: phone.map(|value| own_phone(self.id, value)).transpose()?,
            kind: self.role.kind(),
            role: self.role,
            organization: self.organization,
        }))])
    }
}
