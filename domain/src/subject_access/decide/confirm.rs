//! Confirm: whoever moved needs a grant still.

use super::{Decided, fit_role, in_person, must_hold, must_separate, rules, taking};
use crate::access::giving::{Gift, is_oneself};
use crate::access::model::Grant;
use crate::kernel::{Context, GrantId};
use crate::subject_access::event::{Confirmed, Shortening, SubjectAccessEvent};
use crate::subject_access::refusal::SubjectAccessRefusal as No;
use crate::subject_access::state::SubjectAccess;

/// SA1, SA3, SA4, SA13. A grant that nobody had confirmed ends as it did before, if whoever confirms it
/// may give it. One that does not wait for that is left as it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Confirm {
    /// Which.
    pub grant: GrantId,
}

impl Confirm {
    pub(in crate::subject_access) fn decide(self, access: &SubjectAccess, cx: &Context) -> Decided {
        let body = access.body()?;
        let holder = taking(access, body.subject, cx)?;
        let grant = body.standing(self.grant, cx.now)?;
        let Some(before) = body.shortened.get(&grant.id) else { return Ok(vec![]) };
        if before.because == Shortening::Lost {
            return Err(No::SourceUnfit);
        }
        in_person(cx)?;
        if is_oneself(cx, body.subject, holder) {
            return Err(No::OwnGrant);
        }
        let rules = rules(cx)?;
        grant.role().map(|role| fit_role(role, rules)).transpose()?;
        let (scope, until, pierces) = (&grant.scope, before.until, grant.pierces);
        must_hold(Gift { what: &grant.what, scope, until, pierces }, rules, cx)?;
        must_separate(&Grant { until, ..grant.clone() }, access, holder, rules)?;
        Ok(vec![SubjectAccessEvent::Confirmed(Confirmed { grant: self.grant, until })])
    }
}
