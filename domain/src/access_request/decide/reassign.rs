//! Reassign: a seat whose holder cannot vote gets another one.

use super::{Decided, known, pass};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::access_request::words::Passing;
use crate::kernel::{Context, PersonId};

/// AR6. Whoever looks after requests, but neither asks nor benefits, gives a seat to somebody who
/// could vote.
#[derive(Debug, Clone, PartialEq)]
pub struct Reassign {
    /// The seat, by whom it was meant for.
    pub seat: PersonId,
    /// Whose it is from now on.
    pub to: PersonId,
}

impl Reassign {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        body.round()?;
        let facts = known(cx)?;
        if cx.doer().is_some_and(|doer| body.requester == Some(doer) || facts.is_party(doer)) {
            return Err(AccessRequestRefusal::OwnRequest);
        }
        pass(self.seat, (self.to, Passing::Reassigned), body, facts)
    }
}
