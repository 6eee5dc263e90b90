//! Grant: somebody has a role, or permissions, from now on or later.

use chrono::{DateTime, Utc};

use super::{
    Decided, fit_time, fit_what, longest, must_have_room, must_hold, must_separate, opened, rules,
    taking,
};
use crate::access::giving::{Gift, is_oneself};
use crate::access::model::{AccessSubject, GrantSource, Granted, Scope};
use crate::kernel::{AccessRequestId, Actor, Context, GrantId};
use crate::subject_access::event::{GrantMade, Pattern, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1 to SA4. The subject has this, there and for that time. The same grant again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Grant {
    /// Whom it is for: the subject of this stream.
    pub subject: AccessSubject,
    /// The grant's identity; whoever gives it draws it.
    pub grant: GrantId,
    /// A role, or permissions of their own: at most fifty patterns.
    pub what: Granted,
    /// Where.
    pub scope: Scope,
    /// From when on, within a year; none: from now on.
    pub from: Option<DateTime<Utc>>,
    /// Until when; none: until it is revoked.
    pub until: Option<DateTime<Utc>>,
    /// Where it comes from. A person gives as an administrator, from a template or under an exception.
    pub source: GrantSource,
    /// The request that was approved.
    pub request: Option<AccessRequestId>,
    /// Whether barriers do not stop it.
    pub pierces: bool,
    /// By which version of what it is made.
    pub pattern: Option<Pattern>,
}

impl Grant {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let holder = taking(access, self.subject, cx)?;
        if access.grants().any(|grant| grant.id == self.grant) {
            return Ok(vec![]);
        }
        must_have_room(access, cx)?;
        let rules = rules(cx)?;
        let role = fit_what(&self.what, rules)?;
        if cx.actor != Actor::System && is_oneself(cx, self.subject, holder) {
            return Err(No::OwnGrant);
        }
        must_be_ones_own(self.source, self.request, cx)?;
        let longest = longest(role, self.until, self.request)?;
        let from = fit_time((self.from, self.until), longest, cx.now)?;
        let (scope, pierces) = (&self.scope, self.pierces);
        let gift = Gift { what: &self.what, scope, until: self.until, pierces };
        must_hold(gift, rules, cx)?;
        let made = GrantMade {
            grant: self.grant,
            what: self.what,
            scope: self.scope,
            from,
            until: self.until,
            source: self.source,
            request: self.request,
            delegated_by: None,
            pierces: self.pierces,
            pattern: self.pattern,
        };
        must_separate(&made.as_grant(), access, holder, rules)?;
        Ok(opened(access, self.subject, SubjectAccessEvent::Granted(Box::new(made))))
    }
}

/// SA3: what was approved, or follows from a rule, Annals itself gives; what is delegated, and what is
/// taken in an emergency, has verbs of its own.
fn must_be_ones_own(
    source: GrantSource,
    request: Option<AccessRequestId>,
    cx: &Context,
) -> Result<(), No> {
    let fits = match source {
        GrantSource::Administrator | GrantSource::Template | GrantSource::Exception => {
            request.is_none() || cx.actor == Actor::System
        }
        GrantSource::Birthright | GrantSource::Rule => cx.actor == Actor::System,
        GrantSource::Request => cx.actor == Actor::System && request.is_some(),
        GrantSource::Delegation | GrantSource::BreakGlass => false,
    };
    if fits { Ok(()) } else { Err(No::SourceUnfit) }
}
