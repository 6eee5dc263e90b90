//! Begin: from here on it does not stop.

use super::{Decided, must_be_free, step};
use crate::erasure::event::{DestructionBegun, ErasureEvent};
use crate::erasure::state::Erasure;
use crate::erasure::words::Phase;
use crate::kernel::Context;

/// ER3, ER5. What stands in the way now was not there when it was approved: it waits, until that is gone or
/// somebody refuses.
#[derive(Debug, Clone, PartialEq)]
pub struct Begin {}

impl Begin {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, cx: &Context) -> Decided {
        let body = erasure.body()?;
        let begun = ErasureEvent::DestructionBegun(DestructionBegun {});
        let events = step(body, Phase::Approved, begun)?;
        if !events.is_empty() {
            must_be_free(body, cx)?;
        }
        Ok(events)
    }
}
