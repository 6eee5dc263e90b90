//! What decisions on a subject's access need to remember.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::event::{GrantMade, Pattern, Shortening, SubjectAccessEvent};
use super::refusal::SubjectAccessRefusal;
use crate::access::model::{AccessSubject, Exception, Grant, GrantState};
use crate::kernel::{AssignmentRuleId, ExceptionId, GrantId};

/// A subject's access: nothing before the first grant.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SubjectAccess(pub Option<Box<Body>>);

/// The access of a subject that had some.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Whose.
    pub subject: AccessSubject,
    /// Every grant it ever had.
    pub grants: BTreeMap<GrantId, Grant>,
    /// Of these, what rules give that grant by themselves.
    #[serde(default)]
    pub by_rule: BTreeMap<GrantId, AssignmentRuleId>,
    /// Of these, what ends sooner than it did.
    #[serde(default)]
    pub shortened: BTreeMap<GrantId, Sooner>,
    /// Exceptions that were not ended.
    pub exceptions: BTreeMap<ExceptionId, Exception>,
    /// Whether it takes nothing.
    pub closed: bool,
}

/// How a grant was before it was shortened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sooner {
    /// Why it was.
    pub because: Shortening,
    /// No more at this instant, as it was; none: until it was revoked.
    pub until: Option<DateTime<Utc>>,
}

impl SubjectAccess {
    /// The access, else SA1's refusal.
    pub fn body(&self) -> Result<&Body, SubjectAccessRefusal> {
        self.0.as_deref().ok_or(SubjectAccessRefusal::NotFound)
    }

    /// Every grant it ever had.
    pub fn grants(&self) -> impl Iterator<Item = &Grant> {
        self.0.iter().flat_map(|body| body.grants.values())
    }

    /// Every exception that was not ended.
    pub fn exceptions(&self) -> impl Iterator<Item = &Exception> {
        self.0.iter().flat_map(|body| body.exceptions.values())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SubjectAccessEvent) {
        if let SubjectAccessEvent::Opened(e) = event {
            let body = self.0.get_or_insert_with(|| {
                Box::new(Body {
                    subject: e.subject,
                    grants: BTreeMap::new(),
                    by_rule: BTreeMap::new(),
                    shortened: BTreeMap::new(),
                    exceptions: BTreeMap::new(),
                    closed: false,
                })
            });
            body.closed = false;
        } else if let Some(body) = self.0.as_deref_mut() {
            body.evolve(event);
        }
    }
}

impl Body {
    fn evolve(&mut self, event: SubjectAccessEvent) {
        match event {
            SubjectAccessEvent::Opened(_) => {}
            SubjectAccessEvent::Granted(e) => {
                if let Some(Pattern::Rule { rule, .. }) = e.pattern {
                    self.by_rule.insert(e.grant, rule);
                }
                self.grants.entry(e.grant).or_insert_with(|| e.as_grant());
            }
            SubjectAccessEvent::Prolonged(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.until = e.until;
                    grant.request = e.request.or(grant.request);
                }
                self.shortened.remove(&e.grant);
            }
            SubjectAccessEvent::Shortened(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    let before = Sooner { because: e.because, until: grant.until };
                    self.shortened.entry(e.grant).or_insert(before);
                    grant.until = Some(e.until);
                }
                if e.because == Shortening::Lost {
                    self.by_rule.remove(&e.grant);
                }
            }
            SubjectAccessEvent::Confirmed(e) => {
                if let Some(grant) = self.grants.get_mut(&e.grant) {
                    grant.until = e.until;
                }
                self.shortened.remove(&e.grant);
            }
            SubjectAccessEvent::Revoked(e) => self.finish(e.grant, GrantState::Revoked),
            SubjectAccessEvent::Expired(e) => self.finish(e.grant, GrantState::Expired),
            SubjectAccessEvent::Excepted(e) => {
                let exception = Exception {
                    id: e.exception,
                    lifts: e.lifts,
                    subject: self.subject,
                    owner: e.owner,
                    from: e.from,
                    until: e.until,
                };
                self.exceptions.insert(e.exception, exception);
            }
            SubjectAccessEvent::ExceptionEnded(e) => {
                self.exceptions.remove(&e.exception);
            }
            SubjectAccessEvent::Closed(_) => {
                self.closed = true;
                self.exceptions.clear();
                self.shortened.clear();
                let active = self.grants.values_mut().filter(|it| it.state == GrantState::Active);
                active.for_each(|grant| grant.state = GrantState::Revoked);
            }
        }
    }

    fn finish(&mut self, grant: GrantId, state: GrantState) {
        self.shortened.remove(&grant);
        let grant = self.grants.get_mut(&grant).filter(|it| it.state == GrantState::Active);
        if let Some(grant) = grant {
            grant.state = state;
        }
    }

    /// A grant that holds or waits to hold, else SA5's refusal.
    pub(super) fn standing(
        &self,
        grant: GrantId,
        now: DateTime<Utc>,
    ) -> Result<&Grant, SubjectAccessRefusal> {
        let grant = self.grants.get(&grant).ok_or(SubjectAccessRefusal::GrantNotFound)?;
        if stands(grant, now) { Ok(grant) } else { Err(SubjectAccessRefusal::GrantOver) }
    }
}

/// Whether it holds or waits to hold.
pub(super) fn stands(grant: &Grant, now: DateTime<Utc>) -> bool {
    grant.state == GrantState::Active && !grant.is_over(now)
}

impl GrantMade {
    /// As decisions see it.
    pub fn as_grant(&self) -> Grant {
        Grant {
            id: self.grant,
            what: self.what.clone(),
            scope: self.scope.clone(),
            from: self.from,
            until: self.until,
            source: self.source,
            request: self.request,
            delegated_by: self.delegated_by,
            pierces: self.pierces,
            state: GrantState::Active,
        }
    }
}
