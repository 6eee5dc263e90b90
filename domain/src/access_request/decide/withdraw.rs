//! Withdraw: it is not wanted any more.

use super::{Decided, must_be_party};
use crate::access_request::event::{AccessRequestEvent, Withdrawn};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::{AccessRequest, Phase};
use crate::kernel::Context;

/// AR9. Whoever asked or benefits does not want it any more. Twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdraw {}

impl Withdraw {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        must_be_party(body, cx)?;
        match &body.phase {
            Phase::Withdrawn => Ok(vec![]),
            phase if phase.is_open() => Ok(vec![AccessRequestEvent::Withdrawn(Withdrawn {})]),
            _ => Err(AccessRequestRefusal::Over),
        }
    }
}
