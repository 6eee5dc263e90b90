//! End delegation: what was lent goes back.

use super::Decided;
use crate::access::model::{AccessSubject, GrantState};
use crate::kernel::{Actor, Context, GrantId};
use crate::subject_access::event::{Revoked, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA6. Whoever lent it, or borrowed it, ends it; Annals itself when the lender has left. Of what is
/// over, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct EndDelegation {
    /// Which grant.
    pub grant: GrantId,
}

impl EndDelegation {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let body = access.body()?;
        let grant = body.grants.get(&self.grant).ok_or(No::GrantNotFound)?;
        let lender = grant.delegated_by.ok_or(No::NotDelegated)?;
        let is_party = |doer| doer == lender || body.subject == AccessSubject::Person(doer);
        if cx.actor != Actor::System && !cx.doer().is_some_and(is_party) {
            return Err(No::NotYours);
        }
        if grant.state != GrantState::Active {
            return Ok(vec![]);
        }
        Ok(vec![SubjectAccessEvent::Revoked(Revoked { grant: self.grant })])
    }
}
