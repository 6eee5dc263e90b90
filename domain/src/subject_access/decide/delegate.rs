//! Delegate: somebody lends another person what they have.

use chrono::{DateTime, TimeDelta, Utc};

use super::{
    Decided, LENT_MAX_DAYS, fit_time, fit_what, in_person, must_have_room, must_hold,
    must_separate, opened, rules, taking,
};
use crate::access::giving::{Gift, is_oneself};
use crate::access::model::{AccessSubject, GrantSource, Granted, Scope};
use crate::kernel::{Context, GrantId, PersonId};
use crate::subject_access::event::{GrantMade, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1 to SA4, SA6. The person of this stream can do in the place of whoever lends it what these can
/// do themselves. The same grant again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Delegate {
    /// To whom: the subject of this stream.
    pub to: PersonId,
    /// The grant's identity; whoever gives it draws it.
    pub grant: GrantId,
    /// A role, or permissions of their own.
    pub what: Granted,
    /// Where.
    pub scope: Scope,
    /// From when on, within a year; none: from now on.
    pub from: Option<DateTime<Utc>>,
    /// Until when, at most ninety days after its beginning.
    pub until: DateTime<Utc>,
}

impl Delegate {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let lender = in_person(cx)?;
        let subject = AccessSubject::Person(self.to);
        let holder = taking(access, subject, cx)?;
        if access.grants().any(|grant| grant.id == self.grant) {
            return Ok(vec![]);
        }
        if is_oneself(cx, subject, holder) {
            return Err(No::OwnDelegation);
        }
        must_have_room(access, cx)?;
        let rules = rules(cx)?;
        fit_what(&self.what, rules)?;
        let longest = Some(TimeDelta::days(LENT_MAX_DAYS));
        let from = fit_time((self.from, Some(self.until)), longest, cx.now)?;
        // It ends with the lender's own right, whenever that is: the decision sees to it.
        let gift = Gift { what: &self.what, scope: &self.scope, until: Some(from), pierces: false };
        must_hold(gift, rules, cx)?;
        let made = GrantMade {
            grant: self.grant,
            what: self.what,
            scope: self.scope,
            from,
            until: Some(self.until),
            source: GrantSource::Delegation,
            request: None,
            delegated_by: Some(lender),
            pierces: false,
            pattern: None,
        };
        must_separate(&made.as_grant(), access, holder, rules)?;
        Ok(opened(access, subject, SubjectAccessEvent::Granted(Box::new(made))))
    }
}
