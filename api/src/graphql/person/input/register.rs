//! Registering: a person, the units they join and the access they are given at once.

use std::collections::BTreeSet;

use async_graphql::{ID, InputObject};
use domain::access::model::AccessSubject;
use domain::kernel::{AccessTemplateId, GrantId, PersonId, UnitId};
use domain::person::command::Register;
use domain::person::{PersonCommand, PersonRefusal};
use domain::unit::UnitCommand;
use domain::unit::command::Join;
use uuid::Uuid;

use crate::gateway::Step;
use crate::graphql::access_grant::Granting;
use crate::graphql::command::{Steps, StepsInput};
use crate::graphql::input::{one_way, optional, several};
use crate::graphql::payload::Common;
use crate::graphql::person::mutation::PersonPayload;
use crate::graphql::person::words::{PersonKind, Role};
use crate::graphql::refusal::{ErrorCode, UserError};

/// Whoever belongs to more is better joined to them one by one.
const UNITS_MAX: usize = 50;
/// Likewise.
const TEMPLATES_MAX: usize = 10;

/// A new person.
#[derive(Debug, Clone, InputObject)]
pub(in crate::graphql::person) struct PersonRegisterInput {
    /// What the person signs in with, at most 100 characters without white space; unique whatever
    /// its case.
    login: String,
    /// Full name, at most 200 characters.
    name: String,
    /// E-mail address, at most 200 characters, unique whatever its case.
    email: Option<String>,
    /// Telephone number, at most 100 characters.
    phone: Option<String>,
    /// Which side of the desk.
    kind: PersonKind,
    /// The units that staff join at once, at most 50.
    unit_ids: Option<Vec<ID>>,
    /// Access templates that are applied at once, at most 10; what they grant takes what
    /// `applyAccessTemplate` does.
    pub(in crate::graphql::person) template_ids: Option<Vec<ID>>,
    /// What they grant, once they have been looked up.
    #[graphql(skip)]
    pub(in crate::graphql::person) granted: Vec<Granting>,
    /// A client's customer organisation.
    organization_id: Option<ID>,
    /// What the person may do; AGENT or CLIENT when nothing is said.
    role: Option<Role>,
    /// What the person signs in with. Without one `personResetPassword` gives one.
    #[graphql(secret)]
    pub(in crate::graphql::person) password: Option<String>,
    /// Whether the password serves once only, to choose another.
    #[graphql(default)]
    pub(in crate::graphql::person) must_change_password: bool,
    #[graphql(flatten)]
    pub(in crate::graphql::person) common: Common,
}

impl StepsInput for PersonRegisterInput {
    type Payload = PersonPayload;

    fn common(&self) -> &Common {
        &self.common
    }

    fn into_steps(self, fresh: Uuid) -> Result<Steps, UserError> {
        let person = PersonId(fresh);
        let units: BTreeSet<UnitId> = several("unitIds", self.unit_ids.as_deref())?;
        if units.len() > UNITS_MAX {
            return Err(one_way("unitIds", "a person joins at most 50 units at once"));
        }
        let register = Register {
            id: person,
            login: self.login,
            name: self.name,
            email: self.email,
            phone: self.phone,
            role: role(self.kind, self.role)?,
            organization: optional("organizationId", self.organization_id.as_ref())?,
        };
        let register = PersonCommand::Register(Box::new(register));
        let join = |unit| Step::Unit(unit, UnitCommand::Join(Join { person }));
        let mut steps = vec![(None, Step::Person(person, register))];
        steps.extend(units.into_iter().map(|unit| (Some("unitIds"), join(unit))));
        let give = |(place, given): (usize, Granting)| {
            // One within the person's access, and new as the person is.
            let grant = GrantId(Uuid::new_v5(&fresh, place.to_string().as_bytes()));
            Step::Access(fresh, given.to(AccessSubject::Person(person), grant))
        };
        let given = self.granted.into_iter().enumerate().map(give);
        steps.extend(given.map(|step| (Some("templateIds"), step)));
        Ok(Steps { stream: fresh, steps })
    }
}

impl PersonRegisterInput {
    /// The templates to look up, each once.
    pub(in crate::graphql::person) fn templates(
        &self,
    ) -> Result<BTreeSet<AccessTemplateId>, UserError> {
        let templates = several("templateIds", self.template_ids.as_deref())?;
        if templates.len() > TEMPLATES_MAX {
            return Err(one_way("templateIds", "a person gets at most 10 templates at once"));
        }
        Ok(templates)
    }
}

/// P3: a role says which kind of person has it.
fn role(kind: PersonKind, role: Option<Role>) -> Result<domain::person::Role, UserError> {
    use domain::person::Role as Known;
    let kind: domain::person::PersonKind = kind.into();
    let role = role.map_or_else(
        || match kind {
            domain::person::PersonKind::Staff => Known::Agent,
            domain::person::PersonKind::Client => Known::Client,
        },
        Known::from,
    );
    if role.kind() == kind {
        return Ok(role);
    }
    let message = PersonRefusal::RoleUnfit.to_string();
    Err(UserError::new(ErrorCode::PersonRoleUnfit, message).at("role"))
}
