//! Revoke: a grant is taken back.

use super::{Decided, must_leave_keepers, must_stay_bound};
use crate::access::model::GrantState;
use crate::kernel::{Context, GrantId};
use crate::subject_access::event::{Revoked, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA5, SA10, SA12. The grant never holds again. Of one that is over, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Revoke {
    /// Which.
    pub grant: GrantId,
}

impl Revoke {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let grant = access.body()?.grants.get(&self.grant).ok_or(No::GrantNotFound)?;
        if grant.state != GrantState::Active {
            return Ok(vec![]);
        }
        must_stay_bound(access.body()?.subject, &[grant], cx)?;
        must_leave_keepers(&[self.grant], cx)?;
        Ok(vec![SubjectAccessEvent::Revoked(Revoked { grant: self.grant })])
    }
}
