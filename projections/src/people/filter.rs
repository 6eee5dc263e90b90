//! What the list of people can be asked for, on its way into SQL. Values are always parameters.

use domain::kernel::{PersonId, UnitId};
use domain::person::{Life, PersonKind, Role};
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use crate::read::{containing, storable};
use crate::rows::line;

/// Which people: those to whom all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PersonFilter {
    /// A part of the name, login, e-mail address or telephone number, whatever its case.
    pub search: Option<String>,
    /// Staff or clients.
    pub kind: Option<PersonKind>,
    /// Who may do this.
    pub role: Option<Role>,
    /// Who may act, or may not.
    pub life: Option<Life>,
    /// Who belongs to this unit.
    pub unit: Option<UnitId>,
    /// Clients of this customer organisation.
    pub organization: Option<UnitId>,
    /// Who has this position, to the letter.
    pub position: Option<String>,
    /// Who can do this, in lower case.
    pub skill: Option<String>,
    /// These alone, for readers who may see no others.
    pub among: Option<Vec<PersonId>>,
}

impl PersonFilter {
    /// Whether anybody could be found: what Postgres cannot hold, nobody has.
    pub(super) fn is_storable(&self) -> bool {
        [&self.search, &self.position, &self.skill]
            .into_iter()
            .all(|text| text.as_deref().is_none_or(storable))
    }

    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Some(search) = &self.search {
            sql.push(" and p.searched like ").push_bind(containing(&line(search)));
        }
        if let Some(kind) = self.kind {
            sql.push(" and p.kind = ").push_bind(kind.to_string());
        }
        if let Some(role) = self.role {
            sql.push(" and p.role = ").push_bind(role.to_string());
        }
        if let Some(life) = self.life {
            sql.push(" and p.life = ").push_bind(life.to_string());
        }
        if let Some(unit) = self.unit {
            let members = "(select m.person_id from directory_memberships m where m.member";
            sql.push(" and p.person_id in ").push(members);
            sql.push(" and m.unit_id = ").push_bind(unit.0).push(")");
        }
        if let Some(organization) = self.organization {
            sql.push(" and p.organization_id = ").push_bind(organization.0);
        }
        if let Some(position) = &self.position {
            sql.push(" and p.position = ").push_bind(position.clone());
        }
        if let Some(skill) = &self.skill {
            sql.push(" and p.skills ? ").push_bind(skill.clone());
        }
        if let Some(among) = &self.among {
            let among: Vec<Uuid> = among.iter().map(|id| id.0).collect();
            sql.push(" and p.person_id = any(").push_bind(among).push(")");
        }
    }
}
