//! What the list of people can be asked for.

use async_graphql::{ID, InputObject};
use projections::people::PersonFilter;

use super::words::{PersonKind, PersonLife, Role};
use crate::graphql::compare::{EqualWhere, equal, equal_id};
use crate::graphql::id::BadId;

/// Which people: those to whom all of it applies.
#[derive(Debug, Default, InputObject)]
pub(super) struct PersonWhere {
    /// Staff or clients.
    kind: Option<EqualWhere<PersonKind>>,
    /// What they may do.
    role: Option<EqualWhere<Role>>,
    /// Whether they may act.
    life: Option<EqualWhere<PersonLife>>,
    /// The unit they belong to.
    unit_id: Option<EqualWhere<ID>>,
    /// Their customer organisation.
    organization_id: Option<EqualWhere<ID>>,
    /// Their position, to the letter.
    position: Option<EqualWhere<String>>,
    /// What they can do, whatever its case.
    skill: Option<EqualWhere<String>>,
}

impl PersonWhere {
    /// # Errors
    /// The first id that is not one of a unit.
    pub(super) fn into_filter(self) -> Result<PersonFilter, BadId> {
        Ok(PersonFilter {
            search: None,
            kind: equal(self.kind).map(Into::into),
            role: equal(self.role).map(Into::into),
            life: equal(self.life).map(Into::into),
            unit: equal_id(self.unit_id)?,
            organization: equal_id(self.organization_id)?,
            position: equal(self.position),
            skill: equal(self.skill).map(|skill| skill.trim().to_lowercase()),
            among: None,
        })
    }
}
