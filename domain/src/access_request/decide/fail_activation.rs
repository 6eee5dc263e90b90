//! Fail activation: what was approved cannot be given.

use super::Decided;
use super::activate::must_be_approved;
use crate::access_request::event::{AccessRequestEvent, ActivationFailed};
use crate::access_request::state::{AccessRequest, Phase};
use crate::access_request::wanted::Failure;
use crate::kernel::Context;

/// AR10. What was approved did not become active. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct FailActivation {
    /// Why.
    pub because: Failure,
}

impl FailActivation {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        _cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        if body.phase == Phase::Failed(self.because) {
            return Ok(vec![]);
        }
        must_be_approved(body)?;
        let failed = ActivationFailed { because: self.because };
        Ok(vec![AccessRequestEvent::ActivationFailed(failed)])
    }
}
