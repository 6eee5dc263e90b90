//! What subjects were given, and by whose yes.

use std::collections::BTreeSet;

use chrono::{DateTime, Utc};
use domain::access::model::{AccessSubject, ActionPattern, GrantSource, Granted, Lifted, Scope};
use domain::access_request::AccessRequestEvent;
use domain::access_request::wanted::{Wanted, What};
use domain::access_request::words::Vote;
use domain::kernel::{
    AccessRequestId, AccessTemplateId, AssignmentRuleId, PersonId, RoleId, SubjectAccessId,
};
use domain::subject_access::SubjectAccessEvent;
use domain::subject_access::event::Pattern;

use super::{Known, Mark, Past, Told};

/// A grant, its whole life.
#[derive(Debug)]
pub(in crate::compliance) struct KnownGrant {
    pub(in crate::compliance) subject: AccessSubject,
    pub(in crate::compliance) made: Mark,
    pub(in crate::compliance) role: Option<RoleId>,
    /// What may be done, where no role says so.
    pub(in crate::compliance) actions: Vec<ActionPattern>,
    pub(in crate::compliance) scope: Scope,
    pub(in crate::compliance) from: DateTime<Utc>,
    pub(in crate::compliance) until: Past<Option<DateTime<Utc>>>,
    pub(in crate::compliance) source: GrantSource,
    pub(in crate::compliance) request: Option<AccessRequestId>,
    pub(in crate::compliance) delegated_by: Option<PersonId>,
    pub(in crate::compliance) pattern: Option<Pattern>,
    /// Each time, with the request that was approved for it.
    pub(in crate::compliance) prolonged: Vec<(Mark, Option<AccessRequestId>)>,
    pub(in crate::compliance) ended: Option<(Way, Mark)>,
}

/// How a grant came to its end.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, strum::Display)]
#[strum(serialize_all = "SCREAMING_SNAKE_CASE")]
pub(in crate::compliance) enum Way {
    /// Taken back by itself.
    Revoked,
    /// With everything its subject had.
    Closed,
    /// Its time was over.
    Expired,
}

/// An exception, its whole life.
#[derive(Debug)]
pub(in crate::compliance) struct KnownException {
    pub(in crate::compliance) subject: AccessSubject,
    pub(in crate::compliance) made: Mark,
    pub(in crate::compliance) lifts: Lifted,
    pub(in crate::compliance) owner: PersonId,
    pub(in crate::compliance) control: String,
    pub(in crate::compliance) from: DateTime<Utc>,
    pub(in crate::compliance) until: DateTime<Utc>,
    pub(in crate::compliance) request: Option<AccessRequestId>,
    pub(in crate::compliance) ended: Option<Mark>,
}

/// The way of a request: what was asked for and who said yes.
#[derive(Debug, Default)]
pub(in crate::compliance) struct Chain {
    /// For whom, and what.
    beneficiary: Option<AccessSubject>,
    wanted: Option<Wanted>,
    pub(in crate::compliance) events: Vec<i64>,
    /// Since the last change of what is asked for, which voids votes.
    pub(in crate::compliance) approvers: BTreeSet<PersonId>,
    approved: Option<i64>,
}

impl KnownGrant {
    /// Whether it held at this instant, as known at this position.
    pub(in crate::compliance) fn holds(&self, position: i64, at: DateTime<Utc>) -> bool {
        self.made.position <= position
            && self.ended.as_ref().is_none_or(|(_, ended)| position < ended.position)
            && self.from <= at
            && self.until.at(position).is_some_and(|until| until.is_none_or(|until| at < until))
    }

    /// When nothing of it was left, as far as is known at this instant; none: it holds on.
    pub(in crate::compliance) fn over(&self, seen: DateTime<Utc>) -> Option<DateTime<Utc>> {
        let until = self.until.at(i64::MAX).copied().flatten().filter(|until| *until <= seen);
        let ended = self.ended.as_ref().map(|(_, mark)| mark.at);
        until.into_iter().chain(ended).min()
    }

    /// What it was made by, when that is no person.
    pub(in crate::compliance) fn pattern(&self) -> Option<String> {
        self.pattern.as_ref().map(|pattern| match pattern {
            Pattern::Rule { rule: AssignmentRuleId(id), version } => {
                format!("rule {id} version {version}")
            }
            Pattern::Template { template: AccessTemplateId(id), version } => {
                format!("template {id} version {version}")
            }
        })
    }
}

impl Chain {
    /// Whether it was approved by this position that the subject has the role, there, for as long as
    /// the grant held by what was said of it up to then.
    pub(in crate::compliance) fn allows(&self, grant: &KnownGrant, position: i64) -> bool {
        let Some(wanted) = self.approved(grant.subject, position) else { return false };
        let until = grant.until.at(position).copied().flatten();
        matches!(wanted.what, What::Role { role } if grant.role == Some(role))
            && grant.scope == wanted.scope
            && wanted.until.is_none_or(|most| until.is_some_and(|until| until <= most))
    }

    /// The same of a rule that does not count for the subject.
    pub(in crate::compliance) fn lifts(&self, exception: &KnownException) -> bool {
        let wanted = self.approved(exception.subject, exception.made.position);
        wanted.is_some_and(|wanted| match wanted.what {
            What::Exception { lifts, .. } => {
                lifts == exception.lifts && wanted.until.is_none_or(|most| exception.until <= most)
            }
            What::Role { .. } => false,
        })
    }

    /// What the subject was to have, if that was approved by this position.
    fn approved(&self, subject: AccessSubject, position: i64) -> Option<&Wanted> {
        let approved = self.approved.is_some_and(|approved| approved <= position);
        self.wanted.as_ref().filter(|_| approved && self.beneficiary == Some(subject))
    }
}

impl KnownException {
    /// Likewise.
    pub(in crate::compliance) fn counts(&self, position: i64, at: DateTime<Utc>) -> bool {
        self.made.position <= position
            && self.ended.as_ref().is_none_or(|ended| position < ended.position)
            && self.from <= at
            && at < self.until
    }
}

impl Known {
    pub(super) fn access(&mut self, id: SubjectAccessId, event: &SubjectAccessEvent, told: &Told) {
        let mark = Mark::of(told);
        let subject = self.subjects.get(&id.0).copied();
        match event {
            SubjectAccessEvent::Opened(e) => drop(self.subjects.insert(id.0, e.subject)),
            SubjectAccessEvent::Granted(e) => {
                let Some(subject) = subject else { return };
                let (role, actions) = match &e.what {
                    Granted::Role(role) => (Some(*role), Vec::new()),
                    Granted::Entry(entry) => (None, entry.actions.clone()),
                };
                let grant = KnownGrant {
                    subject,
                    made: mark,
                    role,
                    actions,
                    scope: e.scope.clone(),
                    from: e.from,
                    until: Past::begin(told.position, e.until),
                    source: e.source,
                    request: e.request,
                    delegated_by: e.delegated_by,
                    pattern: e.pattern,
                    prolonged: Vec::new(),
                    ended: None,
                };
                self.grants.insert(e.grant, grant);
                self.given.entry(subject).or_default().push(e.grant);
            }
            SubjectAccessEvent::Prolonged(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.until.then(told.position, e.until);
                    grant.prolonged.push((mark, e.request));
                }
            }
            SubjectAccessEvent::Shortened(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.until.then(told.position, Some(e.until));
                }
            }
            SubjectAccessEvent::Confirmed(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.until.then(told.position, e.until);
                }
            }
            SubjectAccessEvent::Revoked(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.ended.get_or_insert((Way::Revoked, mark));
                }
            }
            SubjectAccessEvent::Expired(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.ended.get_or_insert((Way::Expired, mark));
                }
            }
            SubjectAccessEvent::Excepted(e) => {
                let Some(subject) = subject else { return };
                let exception = KnownException {
                    subject,
                    made: mark,
                    lifts: e.lifts,
                    owner: e.owner,
                    control: e.control.clone(),
                    from: e.from,
                    until: e.until,
                    request: e.request,
                    ended: None,
                };
                self.exceptions.insert(e.exception, exception);
            }
            SubjectAccessEvent::ExceptionEnded(e) => {
                if let Some(exception) = self.exceptions.get_mut(&e.exception) {
                    exception.ended.get_or_insert(mark);
                }
            }
            SubjectAccessEvent::Closed(_) => {
                let Some(subject) = subject else { return };
                for id in self.given.get(&subject).into_iter().flatten() {
                    if let Some(grant) = self.grants.get_mut(id) {
                        grant.ended.get_or_insert_with(|| (Way::Closed, mark.clone()));
                    }
                }
                for exception in self.exceptions.values_mut().filter(|it| it.subject == subject) {
                    exception.ended.get_or_insert_with(|| mark.clone());
                }
            }
        }
    }

    pub(super) fn request(&mut self, id: AccessRequestId, event: &AccessRequestEvent, told: &Told) {
        let chain = self.requests.entry(id).or_default();
        match event {
            AccessRequestEvent::Submitted(e) => {
                chain.beneficiary = Some(e.beneficiary);
                chain.wanted = Some(e.wanted.clone());
            }
            AccessRequestEvent::Amended(e) => {
                chain.approvers.clear();
                chain.approved = None;
                chain.wanted = Some(e.wanted.clone());
            }
            AccessRequestEvent::Voted(e) if e.vote == Vote::Approve => {
                chain.approvers.insert(e.by);
            }
            AccessRequestEvent::Approved(_) => chain.approved = Some(told.position),
            // On the way, but nobody's yes.
            AccessRequestEvent::Voted(_)
            | AccessRequestEvent::PolicyChecked(_)
            | AccessRequestEvent::Activated(_)
            | AccessRequestEvent::StageOpened(_)
            | AccessRequestEvent::InfoAsked(_)
            | AccessRequestEvent::InfoGiven(_)
            | AccessRequestEvent::SeatPassed(_)
            | AccessRequestEvent::Reminded(_)
            | AccessRequestEvent::Escalated(_)
            | AccessRequestEvent::Rejected(_)
            | AccessRequestEvent::TimedOut(_)
            | AccessRequestEvent::Withdrawn(_)
            | AccessRequestEvent::ActivationFailed(_)
            | AccessRequestEvent::Ended(_) => {}
        }
        chain.events.push(told.position);
    }
}
