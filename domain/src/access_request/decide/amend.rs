//! Amend: something else is asked for.

use super::{AMENDMENTS_MAX, Decided, check, fit_justification, fit_wanted, known};
use crate::access_request::event::{AccessRequestEvent, Amended};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::access_request::wanted::Wanted;
use crate::kernel::Context;

/// AR8. Something else is asked for while votes are waited for: they are void, and the plan is made
/// anew. The same wish again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Amend {
    /// What, within the bounds of a new request.
    pub wanted: Wanted,
    /// Why, at most 2,000 characters, and as many as the policy asks for.
    pub justification: String,
}

impl Amend {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        body.round()?;
        if cx.doer() != body.requester {
            return Err(AccessRequestRefusal::NotYours);
        }
        let facts = known(cx)?;
        let wanted = fit_wanted(self.wanted, facts, cx)?;
        if wanted == body.wanted {
            return Ok(vec![]);
        }
        if body.amendments >= AMENDMENTS_MAX {
            return Err(AccessRequestRefusal::AmendedTooOften);
        }
        let justification = fit_justification(&self.justification, facts, cx)?;
        let mut events = check(&wanted, facts, cx);
        let amended = Amended { wanted, justification };
        events.insert(0, AccessRequestEvent::Amended(Box::new(amended)));
        Ok(events)
    }
}
