//! Entitle: somebody has what comes with their role among people.

use super::{Decided, must_leave_keepers, must_separate, opened, rules};
use crate::access::known::HolderFacts;
use crate::access::model::{AccessSubject, Grant, GrantSource, GrantState, Granted, Scope};
use crate::access::standard::{among, standard_role_of};
use crate::kernel::{Actor, Context, GrantId, PersonId};
use crate::person::Role;
use crate::subject_access::event::{GrantMade, Revoked, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA4, SA10, SA11. By birthright the person has the standard role of this role everywhere, and no other
/// by birthright. Whoever has it already keeps it; where the standard role is over, or the person's
/// access is, there is none.
#[derive(Debug, Clone, PartialEq)]
pub struct Entitle {
    /// The person whose access this is.
    pub person: PersonId,
    /// What they are here to do.
    pub role: Role,
    /// The grant's identity; whoever gives it draws it.
    pub grant: GrantId,
}

impl Entitle {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let subject = AccessSubject::Person(self.person);
        if cx.actor != Actor::System {
            return Err(No::SourceUnfit);
        }
        let body = access.0.as_deref();
        if body.is_some_and(|body| body.subject != subject) {
            return Err(No::SubjectUnfit);
        }
        if body.is_some_and(|body| body.closed) {
            return Ok(vec![]);
        }
        let rules = rules(cx)?;
        let standard = standard_role_of(self.role);
        let role = among(standard, &rules.roles).filter(|role| rules.is_live(*role));
        let by_birth = |grant: &&Grant| {
            grant.source == GrantSource::Birthright && grant.state == GrantState::Active
        };
        let had = access.grants().filter(by_birth);
        let (kept, gone): (Vec<&Grant>, Vec<&Grant>) =
            had.partition(|grant| role.is_some() && grant.role() == role);
        let gone: Vec<GrantId> = gone.into_iter().map(|grant| grant.id).collect();
        must_leave_keepers(&gone, cx)?;
        let revoked = gone.into_iter().map(|grant| SubjectAccessEvent::Revoked(Revoked { grant }));
        let mut events: Vec<SubjectAccessEvent> = revoked.collect();
        let Some(role) = role.filter(|_| kept.is_empty()) else { return Ok(events) };
        let made = GrantMade {
            grant: self.grant,
            what: Granted::Role(role),
            scope: Scope::Everywhere,
            from: cx.now,
            until: None,
            source: GrantSource::Birthright,
            request: None,
            delegated_by: None,
            pierces: standard.pierces,
            pattern: None,
        };
        let mut left = access.clone();
        events.iter().cloned().for_each(|event| left.evolve(event));
        // Of somebody who is registered at the same time nothing counts together with it yet.
        let alone = HolderFacts::default();
        let holder = cx.facts.access.subjects.get(&subject).unwrap_or(&alone);
        must_separate(&made.as_grant(), &left, holder, rules)?;
        events.extend(opened(access, subject, SubjectAccessEvent::Granted(Box::new(made))));
        Ok(events)
    }
}
