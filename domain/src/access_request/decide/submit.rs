//! Submit: somebody asks for access.

use super::{Decided, check, fit_justification, fit_wanted, known};
use crate::access::model::AccessSubject;
use crate::access_request::event::{AccessRequestEvent, Submitted};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::access_request::wanted::Wanted;
use crate::kernel::{AccessRequestId, Context};

/// AR1 to AR4. Access is asked for, and the rules say which way it goes.
#[derive(Debug, Clone, PartialEq)]
pub struct Submit {
    /// Who would have it.
    pub beneficiary: AccessSubject,
    /// What; it begins within a year, an exception ends within 90 days of its beginning.
    pub wanted: Wanted,
    /// Why, at most 2,000 characters, and as many as the policy asks for.
    pub justification: String,
    /// The request whose access this one prolongs.
    pub renews: Option<AccessRequestId>,
}

impl Submit {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        if request.0.is_some() {
            return Err(AccessRequestRefusal::Exists);
        }
        let facts = known(cx)?;
        if !facts.beneficiary_active {
            return Err(AccessRequestRefusal::BeneficiaryUnfit);
        }
        let wanted = fit_wanted(self.wanted, facts, cx)?;
        let justification = fit_justification(&self.justification, facts, cx)?;
        let mut events = check(&wanted, facts, cx);
        let submitted = Submitted {
            requester: cx.doer(),
            beneficiary: self.beneficiary,
            wanted,
            justification,
            renews: self.renews,
        };
        events.insert(0, AccessRequestEvent::Submitted(Box::new(submitted)));
        Ok(events)
    }
}
