//! Approve: somebody else says yes.

use super::{Decided, decider, must_be_free, must_be_open};
use crate::erasure::event::{Approved, ErasureEvent};
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;

/// ER2, ER3. Approved twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Approve {}

impl Approve {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, cx: &Context) -> Decided {
        let body = erasure.body()?;
        let by = decider(body, cx)?;
        must_be_open(body)?;
        if body.phase == Phase::Approved {
            return Ok(vec![]);
        }
        must_be_free(body, cx)?;
        Ok(vec![ErasureEvent::Approved(Approved { by })])
    }
}
