//! Void: there is nobody, or nothing, left to give.

use super::Decided;
use crate::access_request::event::{AccessRequestEvent, Rejected};
use crate::access_request::state::AccessRequest;
use crate::access_request::wanted::Rejection;
use crate::kernel::Context;
use crate::kernel::words::words;

words! {
    /// Why a request has become void.
    Voidness {
        /// Whoever would benefit is gone.
        BeneficiaryGone,
        /// The role is retired.
        RoleRetired,
    }
}

/// AR9. Nothing comes of it any more. Of what is over, nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Void {
    /// Why.
    pub because: Voidness,
}

impl Void {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        _cx: &Context,
    ) -> Decided {
        if !request.body()?.phase.is_open() {
            return Ok(vec![]);
        }
        let because = match self.because {
            Voidness::BeneficiaryGone => Rejection::BeneficiaryGone,
            Voidness::RoleRetired => Rejection::RoleRetired,
        };
        Ok(vec![AccessRequestEvent::Rejected(Rejected { because })])
    }
}
