//! Withdraw: it is not wanted any more.

use super::{Decided, must_be_open};
use crate::access::giving::is_doer;
use crate::erasure::event::{ErasureEvent, Withdrawn};
use crate::erasure::refusal::ErasureRefusal;
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;

/// ER4. By whoever asked, with whichever account. What a program asked for is refused instead. Twice
/// changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Withdraw {}

impl Withdraw {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, cx: &Context) -> Decided {
        let body = erasure.body()?;
        if !body.requester.is_some_and(|requester| is_doer(requester, cx)) {
            return Err(ErasureRefusal::NotYours);
        }
        if body.phase == Phase::Withdrawn {
            return Ok(vec![]);
        }
        must_be_open(body)?;
        Ok(vec![ErasureEvent::Withdrawn(Withdrawn {})])
    }
}
