//! What the list can be asked for, on its way into SQL. Values are always parameters.

use domain::access::model::AccessSubject;
use domain::kernel::{PersonId, RoleId};
use sqlx::{Postgres, QueryBuilder};

use super::row::RequestState;

/// Which requests: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct RequestFilter {
    /// In one of these states.
    pub states: Option<Vec<RequestState>>,
    /// For this one.
    pub beneficiary: Option<AccessSubject>,
    /// Asked for by this person.
    pub requester: Option<PersonId>,
    /// For this role.
    pub role: Option<RoleId>,
    /// That this person asked for or benefits from.
    pub of: Option<PersonId>,
    /// That wait for this person's vote.
    pub to_approve: Option<PersonId>,
    /// That this person has, or had, anything to do with.
    pub party: Option<PersonId>,
}

impl RequestFilter {
    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut QueryBuilder<'static, Postgres>) {
        if let Some(states) = &self.states {
            let states: Vec<String> = states.iter().map(RequestState::to_string).collect();
            sql.push(" and r.state = any(").push_bind(states).push(")");
        }
        if let Some(subject) = self.beneficiary {
            sql.push(" and r.beneficiary_id = ").push_bind(subject.stream().0);
            sql.push(" and r.beneficiary = ").push_bind(subject.to_string());
        }
        if let Some(person) = self.requester {
            sql.push(" and r.requester_id = ").push_bind(person.0);
        }
        if let Some(role) = self.role {
            sql.push(" and r.role_id = ").push_bind(role.0);
        }
        if let Some(person) = self.of {
            sql.push(" and r.party_ids @> array[").push_bind(person.0).push("]");
            sql.push(" and (r.requester_id = ").push_bind(person.0);
            sql.push(" or r.beneficiary_id = ").push_bind(person.0).push(")");
        }
        if let Some(person) = self.to_approve {
            sql.push(" and r.approver_ids @> array[").push_bind(person.0).push("]");
        }
        if let Some(person) = self.party {
            sql.push(" and r.party_ids @> array[").push_bind(person.0).push("]");
        }
    }
}
