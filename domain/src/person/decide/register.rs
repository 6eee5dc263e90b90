//! Register: a person becomes known.

use std::collections::BTreeSet;

use crate::kernel::text::{self, NAME_MAX, WORD_MAX};
use crate::kernel::{Context, DataSubject, Needs, PersonId, Personal, UnitId};
use crate::person::event::{PersonEvent, Registered};
use crate::person::refusal::PersonRefusal;
use crate::person::state::Person;
use crate::person::words::{PersonKind, Role};
use crate::unit::UnitKind;

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
            let fits = cx
                .facts
                .units
                .get(&unit)
                .is_some_and(|facts| facts.kind == UnitKind::CustomerOrganization);
            if !fits || self.role.kind() != PersonKind::Client {
                return Err(PersonRefusal::OrganizationUnfit);
            }
        }
        let own = |field, text: &str, max| {
            text::line(text, max)
                .map(|text| Personal::of(DataSubject::Person(self.id), text))
                .map_err(|fault| PersonRefusal::TextUnfit { field, fault })
        };
        if self.login.trim().contains(char::is_whitespace) {
            return Err(PersonRefusal::LoginUnfit);
        }
        if self.email.as_ref().is_some_and(|email| !email.contains('@')) {
            return Err(PersonRefusal::EmailUnfit);
        }
        Ok(vec![PersonEvent::Registered(Box::new(Registered {
            login: own("login", &self.login, WORD_MAX)?,
            name: own("name", &self.name, NAME_MAX)?,
            email: self.email.as_deref().map(|text| own("email", text, NAME_MAX)).transpose()?,
            phone: self.phone.as_deref().map(|text| own("phone", text, WORD_MAX)).transpose()?,
            kind: self.role.kind(),
            role: self.role,
            organization: self.organization,
        }))])
    }
}
