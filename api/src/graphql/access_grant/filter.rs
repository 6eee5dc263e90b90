//! What the lists can be asked for, and whose access the caller may see.

use std::collections::BTreeSet;

use async_graphql::{Context, ID, InputObject, Result};
use chrono::{DateTime, Utc};
use domain::access::Permission;
use domain::access::model::AccessSubject;
use projections::access_grants::{ChangeFilter, ExceptionFilter, GrantFilter};

use super::words::{AccessChangeKind, AccessGrantSource, AccessGrantState, AccessShortening};
use crate::graphql::access::{reads_all, reads_some, working_caller};
use crate::graphql::error::bad_id;
use crate::graphql::id::decode;
use crate::graphql::permission::subject_of;

/// Which grants: those to which all of it applies.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct AccessGrantWhere {
    /// Of this person, service account or group.
    subject_id: Option<ID>,
    /// Lent by this person.
    delegated_by_id: Option<ID>,
    /// Of this role.
    role_id: Option<ID>,
    /// From one of these.
    source: Option<Vec<AccessGrantSource>>,
    /// Of which this became.
    state: Option<AccessGrantState>,
    /// That end sooner than they did, for this reason: UNCONFIRMED ones wait to be confirmed.
    shortened: Option<AccessShortening>,
    /// That end before this instant.
    ending_before: Option<DateTime<Utc>>,
    /// That held at this instant.
    at: Option<DateTime<Utc>>,
}

/// Which exceptions: those to which all of it applies.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct AccessExceptionWhere {
    /// For this person, service account or group.
    subject_id: Option<ID>,
    /// That end before this instant.
    ending_before: Option<DateTime<Utc>>,
    /// That counted at this instant.
    at: Option<DateTime<Utc>>,
}

/// Which changes: those to which all of it applies.
#[derive(Debug, Clone, Default, InputObject)]
pub(super) struct AccessChangeWhere {
    /// Of this person, service account or group.
    subject_id: Option<ID>,
    /// Lent by this person.
    delegated_by_id: Option<ID>,
    /// Of this role.
    role_id: Option<ID>,
    /// Of these kinds.
    kind: Option<Vec<AccessChangeKind>>,
    /// That this request led to.
    request_id: Option<ID>,
    /// That happened then or later.
    from: Option<DateTime<Utc>>,
    /// That happened before.
    to: Option<DateTime<Utc>>,
}

impl AccessGrantWhere {
    pub(super) fn into_filter(self, cx: &Context<'_>) -> Result<GrantFilter> {
        Ok(GrantFilter {
            as_of: None,
            grant: None,
            subjects: asked(self.subject_id.as_ref())?.map(|subject| [subject].into()),
            concerning: seen(cx),
            lent_by: self.delegated_by_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            role: self.role_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            sources: self.source.map(|all| all.into_iter().map(Into::into).collect()),
            state: self.state.map(Into::into),
            shortened: self.shortened.map(Into::into),
            ending_before: self.ending_before,
            at: self.at,
            request: None,
        })
    }
}

impl AccessExceptionWhere {
    pub(super) fn into_filter(self, cx: &Context<'_>) -> Result<ExceptionFilter> {
        let subjects = subjects(cx, self.subject_id.as_ref())?;
        Ok(ExceptionFilter { subjects, ending_before: self.ending_before, at: self.at })
    }
}

impl AccessChangeWhere {
    pub(super) fn into_filter(self, cx: &Context<'_>) -> Result<ChangeFilter> {
        Ok(ChangeFilter {
            subjects: asked(self.subject_id.as_ref())?.map(|subject| [subject].into()),
            concerning: seen(cx),
            lent_by: self.delegated_by_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            role: self.role_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            kinds: self.kind.map(|all| all.into_iter().map(Into::into).collect()),
            actor: None,
            request: self.request_id.map(|id| decode(&id).map_err(bad_id)).transpose()?,
            from: self.from,
            until: self.to,
        })
    }
}

/// Whether the caller may see this one's access.
pub(super) fn sees(cx: &Context<'_>, subject: AccessSubject) -> bool {
    seen(cx).is_none_or(|seen| seen.contains(&subject))
}

/// Whose access the caller may see; none: everybody's. People see their own, and leads that of those
/// for whom they speak; with it, what these have lent to others.
fn seen(cx: &Context<'_>) -> Option<BTreeSet<AccessSubject>> {
    if reads_all(cx, Permission::AccessRead) {
        return None;
    }
    let known = working_caller(cx).ok().and_then(|caller| caller.person.as_ref());
    let known = known.filter(|_| reads_some(cx, Permission::AccessRead));
    let people = known.map(|known| known.who.clients.iter().copied().chain([known.who.person]));
    Some(people.into_iter().flatten().map(AccessSubject::Person).collect())
}

/// The one that is asked for.
fn asked(id: Option<&ID>) -> Result<Option<AccessSubject>> {
    id.map(|id| subject_of(id).map_err(bad_id)).transpose()
}

/// The same, as far as the caller may see it.
fn subjects(cx: &Context<'_>, id: Option<&ID>) -> Result<Option<BTreeSet<AccessSubject>>> {
    Ok(match (asked(id)?, seen(cx)) {
        (None, seen) => seen,
        (Some(asked), None) => Some([asked].into()),
        (Some(asked), Some(mut seen)) => {
            seen.retain(|subject| *subject == asked);
            Some(seen)
        }
    })
}
