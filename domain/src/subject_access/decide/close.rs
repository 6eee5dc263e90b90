//! Close: the subject has nothing any more.

use super::{Decided, must_leave_keepers, must_stay_bound};
use crate::access::model::Grant;
use crate::kernel::{Context, GrantId};
use crate::subject_access::event::{Closed, SubjectAccessEvent};
use crate::subject_access::state::SubjectAccess;

/// SA9, SA10, SA12. From this instant on the subject has nothing and takes nothing. Twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Close {}

impl Close {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let body = access.body()?;
        if body.closed {
            return Ok(vec![]);
        }
        let grants: Vec<&Grant> = body.grants.values().collect();
        must_stay_bound(body.subject, &grants, cx)?;
        let all: Vec<GrantId> = body.grants.keys().copied().collect();
        must_leave_keepers(&all, cx)?;
        Ok(vec![SubjectAccessEvent::Closed(Closed {})])
    }
}
