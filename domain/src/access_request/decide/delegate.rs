//! Delegate: whoever has a seat gives it to somebody else.

use super::{Decided, in_person, known, pass};
use crate::access_request::refusal::AccessRequestRefusal;
use crate::access_request::state::AccessRequest;
use crate::access_request::words::Passing;
use crate::kernel::{Context, PersonId};

/// AR6. Somebody who could vote has the seat from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Delegate {
    /// Who.
    pub to: PersonId,
}

impl Delegate {
    pub(in crate::access_request) fn decide(
        self,
        request: &AccessRequest,
        cx: &Context,
    ) -> Decided {
        let body = request.body()?;
        let by = in_person(cx)?;
        let (seat, _) = body.round()?.seat_of(by).ok_or(AccessRequestRefusal::NotApprover)?;
        pass(seat, (self.to, Passing::Delegated), body, known(cx)?)
    }
}
