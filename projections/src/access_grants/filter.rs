//! What the lists can be asked for, on its way into SQL. Values are always parameters.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::access::model::{AccessSubject, GrantSource, GrantState};
use domain::kernel::{AccessRequestId, GrantId, PersonId, RoleId};
use domain::subject_access::event::Shortening;
use sqlx::{Postgres, QueryBuilder};
use uuid::Uuid;

use super::change::ChangeKind;
use crate::read::storable;

type Sql = QueryBuilder<'static, Postgres>;

/// Which grants: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GrantFilter {
    /// As they were behind this event of the log; none: as they are.
    pub as_of: Option<i64>,
    /// This one alone.
    pub grant: Option<GrantId>,
    /// Of one of these subjects.
    pub subjects: Option<BTreeSet<AccessSubject>>,
    /// Of one of these, or lent by one of them.
    pub concerning: Option<BTreeSet<AccessSubject>>,
    /// Lent by this person.
    pub lent_by: Option<PersonId>,
    /// Of this role.
    pub role: Option<RoleId>,
    /// From one of these.
    pub sources: Option<Vec<GrantSource>>,
    /// Of which this became.
    pub state: Option<GrantState>,
    /// That end before this instant.
    pub ending_before: Option<DateTime<Utc>>,
    /// That held at this instant.
    pub at: Option<DateTime<Utc>>,
    /// That end sooner for this reason.
    pub shortened: Option<Shortening>,
    /// That this request led to.
    pub request: Option<AccessRequestId>,
}

/// Which exceptions: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ExceptionFilter {
    /// Of one of these subjects.
    pub subjects: Option<BTreeSet<AccessSubject>>,
    /// That end before this instant.
    pub ending_before: Option<DateTime<Utc>>,
    /// That counted at this instant.
    pub at: Option<DateTime<Utc>>,
}

/// Which changes: those to which all of it applies.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ChangeFilter {
    /// Of one of these subjects.
    pub subjects: Option<BTreeSet<AccessSubject>>,
    /// Of one of these, or lent by one of them.
    pub concerning: Option<BTreeSet<AccessSubject>>,
    /// Lent by this person.
    pub lent_by: Option<PersonId>,
    /// Of this role.
    pub role: Option<RoleId>,
    /// Of these kinds.
    pub kinds: Option<Vec<ChangeKind>>,
    /// By this one: `person:<uuid>`, `system`, …
    pub actor: Option<String>,
    /// That this request led to.
    pub request: Option<AccessRequestId>,
    /// That happened then or later.
    pub from: Option<DateTime<Utc>>,
    /// That happened before.
    pub until: Option<DateTime<Utc>>,
}

impl GrantFilter {
    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut Sql) {
        of_subjects(sql, self.subjects.as_ref());
        lent(sql, self.concerning.as_ref(), self.lent_by);
        if let Some(grant) = self.grant {
            sql.push(" and g.grant_id = ").push_bind(grant.0);
        }
        if let Some(role) = self.role {
            sql.push(" and g.role_id = ").push_bind(role.0);
        }
        if let Some(sources) = &self.sources {
            let sources: Vec<String> = sources.iter().map(GrantSource::to_string).collect();
            sql.push(" and g.source = any(").push_bind(sources).push(")");
        }
        if let Some(state) = self.state {
            sql.push(" and g.state = ").push_bind(state.to_string());
        }
        if let Some(shortened) = self.shortened {
            sql.push(" and g.shortened = ").push_bind(shortened.to_string());
        }
        if let Some(request) = self.request {
            sql.push(" and g.request_id = ").push_bind(request.0);
        }
        in_time(sql, self.ending_before, self.at);
    }
}

impl ExceptionFilter {
    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut Sql) {
        of_subjects(sql, self.subjects.as_ref());
        in_time(sql, self.ending_before, self.at);
    }
}

impl ChangeFilter {
    /// Whether anything could be found: what Postgres cannot hold, no change has.
    pub(super) fn is_storable(&self) -> bool {
        self.actor.as_deref().is_none_or(storable)
    }

    /// Adds the conditions, each with a leading `and`.
    pub(super) fn push(&self, sql: &mut Sql) {
        of_subjects(sql, self.subjects.as_ref());
        lent(sql, self.concerning.as_ref(), self.lent_by);
        if let Some(role) = self.role {
            sql.push(" and g.role_id = ").push_bind(role.0);
        }
        if let Some(kinds) = &self.kinds {
            let kinds: Vec<String> = kinds.iter().map(ChangeKind::to_string).collect();
            sql.push(" and g.kind = any(").push_bind(kinds).push(")");
        }
        if let Some(actor) = &self.actor {
            sql.push(" and g.actor = ").push_bind(actor.clone());
        }
        if let Some(request) = self.request {
            sql.push(" and g.request_id = ").push_bind(request.0);
        }
        if let Some(from) = self.from {
            sql.push(" and g.occurred_at >= ").push_bind(from);
        }
        if let Some(until) = self.until {
            sql.push(" and g.occurred_at < ").push_bind(until);
        }
    }
}

/// The stream has the identity of its subject; of what sort that is, the text says.
fn of_subjects(sql: &mut Sql, subjects: Option<&BTreeSet<AccessSubject>>) {
    let Some(subjects) = subjects else { return };
    let ids: Vec<Uuid> = subjects.iter().map(|subject| subject.stream().0).collect();
    let texts: Vec<String> = subjects.iter().map(AccessSubject::to_string).collect();
    sql.push(" and g.subject_id = any(").push_bind(ids).push(")");
    sql.push(" and g.subject = any(").push_bind(texts).push(")");
}

/// Whoever lends something sees what becomes of it.
fn lent(sql: &mut Sql, concerning: Option<&BTreeSet<AccessSubject>>, by: Option<PersonId>) {
    if let Some(person) = by {
        sql.push(" and g.delegated_by = ").push_bind(person.0);
    }
    let Some(concerning) = concerning else { return };
    let lenders = concerning.iter().filter_map(|subject| match subject {
        AccessSubject::Person(id) => Some(id.0),
        AccessSubject::Service(_) | AccessSubject::Group(_) => None,
    });
    let lenders: Vec<Uuid> = lenders.collect();
    sql.push(" and (g.delegated_by = any(").push_bind(lenders).push(") or (true");
    of_subjects(sql, Some(concerning));
    sql.push("))");
}

fn in_time(sql: &mut Sql, ending_before: Option<DateTime<Utc>>, at: Option<DateTime<Utc>>) {
    if let Some(before) = ending_before {
        sql.push(" and g.ends_at < ").push_bind(before);
    }
    if let Some(at) = at {
        sql.push(" and g.made_at <= ").push_bind(at);
        sql.push(" and g.begins_at <= ").push_bind(at);
        sql.push(" and (g.ends_at is null or g.ends_at > ").push_bind(at).push(")");
        sql.push(" and (g.ended_at is null or g.ended_at > ").push_bind(at).push(")");
    }
}
