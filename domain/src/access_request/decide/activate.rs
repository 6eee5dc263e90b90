//! Activate: the access is there.

use super::Decided;
use crate::access_request::event::{AccessRequestEvent, Activated};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::{AccessRequest, Body, Phase};
use crate::kernel::{Context, GrantId};

/// AR10. What was approved has become a grant, or an exception. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Activate {
    /// Which grant; none: it is an exception.
    pub grant: Option<GrantId>,
}

impl Activate {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        if body.phase == Phase::Active(self.grant) {
            return Ok(vec![]);
        }
        must_be_approved(body)?;
        if body.wanted.from.is_some_and(|from| cx.now < from) {
            return Err(AccessRequestRefusal::TooEarly);
        }
        Ok(vec![AccessRequestEvent::Activated(Activated { grant: self.grant })])
    }
}

/// AR10
pub(super) fn must_be_approved(body: &Body) -> Result<(), AccessRequestRefusal> {
    match body.phase {
        Phase::Approved => Ok(()),
        _ => Err(AccessRequestRefusal::NotApproved),
    }
}
