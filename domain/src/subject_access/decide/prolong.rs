//! Prolong: a grant holds longer.

use chrono::{DateTime, Utc};

use super::{Decided, fit_role, fit_time, longest, must_hold, must_separate, rules, taking};
use crate::access::giving::Gift;
use crate::access::model::{Grant, GrantSource};
use crate::kernel::{AccessRequestId, Actor, Context, GrantId};
use crate::subject_access::event::{Prolonged, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA2 to SA5, SA13. A grant that stands ends later, within the bounds of a new one that begins now. The
/// same end again changes nothing; an earlier one is no prolonging.
#[derive(Debug, Clone, PartialEq)]
pub struct Prolong {
    /// Which grant.
    pub grant: GrantId,
    /// Until when; none: until it is revoked.
    pub until: Option<DateTime<Utc>>,
    /// The request that was approved for it.
    pub request: Option<AccessRequestId>,
}

impl Prolong {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let body = access.body()?;
        let holder = taking(access, body.subject, cx)?;
        let grant = body.standing(self.grant, cx.now)?;
        if grant.until == self.until {
            return Ok(vec![]);
        }
        let was = grant.until.ok_or(No::EndUnfit)?;
        if self.until.is_some_and(|until| until < was) {
            return Err(No::EndUnfit);
        }
        let lent = matches!(
            grant.source,
            GrantSource::Delegation | GrantSource::BreakGlass | GrantSource::Rule
        );
        let asked = self.request.is_some() || grant.source == GrantSource::Request;
        if lent || (asked && (cx.actor != Actor::System || self.request.is_none())) {
            return Err(No::SourceUnfit);
        }
        let rules = rules(cx)?;
        let role = grant.role().map(|role| fit_role(role, rules)).transpose()?;
        let longest = longest(role, self.until, self.request)?;
        fit_time((None, self.until), longest, cx.now)?;
        let (scope, pierces) = (&grant.scope, grant.pierces);
        let gift = Gift { what: &grant.what, scope, until: self.until, pierces };
        must_hold(gift, rules, cx)?;
        let request = self.request.or(grant.request);
        let longer = Grant { until: self.until, request, ..grant.clone() };
        must_separate(&longer, access, holder, rules)?;
        let Self { grant, until, request } = self;
        Ok(vec![SubjectAccessEvent::Prolonged(Prolonged { grant, until, request })])
    }
}
