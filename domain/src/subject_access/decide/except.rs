//! Except: a rule does not count for the subject for a time.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Decided, LENT_MAX_DAYS, fit_time, opened, rules, taking};
use crate::access::giving::is_oneself;
use crate::access::known::Rulebook;
use crate::access::model::{AccessSubject, Human, Lifted, SodAction, Strength};
use crate::kernel::text::{self, REASON_MAX};
use crate::kernel::{AccessRequestId, Actor, Context, ExceptionId, PersonId};
use crate::subject_access::event::{Excepted, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1, SA7. One rule does not count for the subject; why is the reason of the command. The same
/// exception again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Except {
    /// For whom: the subject of this stream.
    pub subject: AccessSubject,
    /// The exception's identity; whoever makes it draws it.
    pub exception: ExceptionId,
    /// The one rule.
    pub lifts: Lifted,
    /// Who answers for it: active, and not the subject.
    pub owner: PersonId,
    /// What is done in its place, at most 2,000 characters.
    pub control: String,
    /// From when on, within a year; none: from now on.
    pub from: Option<DateTime<Utc>>,
    /// Until when, at most ninety days after its beginning.
    pub until: DateTime<Utc>,
    /// The request that was approved.
    pub request: Option<AccessRequestId>,
}

impl Except {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let holder = taking(access, self.subject, cx)?;
        if access.exceptions().any(|exception| exception.id == self.exception) {
            return Ok(vec![]);
        }
        if is_oneself(cx, self.subject, holder) {
            return Err(No::OwnException);
        }
        must_be_liftable(self.lifts, rules(cx)?)?;
        if cx.reason.is_none() {
            return Err(No::ReasonMissing);
        }
        if self.request.is_some() && cx.actor != Actor::System {
            return Err(No::SourceUnfit);
        }
        let active = cx.facts.people.get(&self.owner).is_some_and(|facts| facts.active);
        let owner = AccessSubject::Person(self.owner);
        let own = self.subject == owner || holder.humans.contains(&Human(self.owner));
        let behind = cx.facts.access.subjects.get(&owner);
        if !active || own || behind.is_some_and(|it| !it.humans.is_disjoint(&holder.humans)) {
            return Err(No::OwnerUnfit);
        }
        let control = text::required(&self.control, REASON_MAX).map_err(No::ControlUnfit)?;
        let longest = Some(TimeDelta::days(LENT_MAX_DAYS));
        let from = fit_time((self.from, Some(self.until)), longest, cx.now)?;
        let excepted = Excepted {
            exception: self.exception,
            lifts: self.lifts,
            owner: self.owner,
            control,
            from,
            until: self.until,
            request: self.request,
        };
        Ok(opened(access, self.subject, SubjectAccessEvent::Excepted(Box::new(excepted))))
    }
}

/// SA7: what is denied for good, and duties that are separated for good, nothing lifts.
fn must_be_liftable(lifts: Lifted, rules: &Rulebook) -> Result<(), No> {
    let liftable = match lifts {
        Lifted::Deny(rule) => {
            rules.denies.get(&rule).is_some_and(|rule| rule.strength == Strength::Soft)
        }
        Lifted::Sod(rule) => {
            rules.duties.get(&rule).is_some_and(|rule| rule.action == SodAction::Approve)
        }
    };
    if liftable { Ok(()) } else { Err(No::NotLiftable) }
}
