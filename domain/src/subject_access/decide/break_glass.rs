//! Break glass: in an emergency somebody takes what was prepared for it.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Decided, EMERGENCY_MAX_HOURS, fit_role, fit_time, in_person, must_have_room, must_separate,
    opened, rules, taking,
};
use crate::access::model::{AccessSubject, GrantSource, Granted, Scope};
use crate::kernel::{AccessGroupId, Context, GrantId, RoleId};
use crate::subject_access::event::{GrantMade, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1, SA4, SA8. Whoever does it has the role, at once and for a short time; the reason is that of
/// the command. The same grant again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct BreakGlass {
    /// Who: the subject of this stream, and whoever does it.
    pub subject: AccessSubject,
    /// The grant's identity; whoever takes it draws it.
    pub grant: GrantId,
    /// Which role.
    pub role: RoleId,
    /// The group for which it was prepared.
    pub group: Option<AccessGroupId>,
    /// Where.
    pub scope: Scope,
    /// Until when, at most four hours from now.
    pub until: DateTime<Utc>,
}

impl BreakGlass {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let person = in_person(cx)?;
        if self.subject != AccessSubject::Person(person) {
            return Err(No::NotYours);
        }
        let holder = taking(access, self.subject, cx)?;
        if access.grants().any(|grant| grant.id == self.grant) {
            return Ok(vec![]);
        }
        if cx.reason.is_none() {
            return Err(No::ReasonMissing);
        }
        let prepared =
            cx.facts.access.policy.as_ref().and_then(|it| it.emergencies.get(&self.role));
        let group = prepared.filter(|group| self.group == Some(**group));
        let group = group.and_then(|group| cx.facts.access.groups.get(group));
        if !group.is_some_and(|group| !group.retired && group.people.contains(&person)) {
            return Err(No::NotPrepared);
        }
        must_have_room(access, cx)?;
        let rules = rules(cx)?;
        fit_role(self.role, rules)?;
        let longest = Some(TimeDelta::hours(EMERGENCY_MAX_HOURS));
        let from = fit_time((None, Some(self.until)), longest, cx.now)?;
        let made = GrantMade {
            grant: self.grant,
            what: Granted::Role(self.role),
            scope: self.scope,
            from,
            until: Some(self.until),
            source: GrantSource::BreakGlass,
            request: None,
            delegated_by: None,
            pierces: false,
            pattern: None,
        };
        must_separate(&made.as_grant(), access, holder, rules)?;
        Ok(opened(access, self.subject, SubjectAccessEvent::Granted(Box::new(made))))
    }
}
