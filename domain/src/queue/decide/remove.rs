//! Remove: it is gone.

use crate::kernel::Context;
use crate::queue::event::{QueueEvent, Removed};
use crate::queue::refusal::QueueRefusal;
use crate::queue::state::Queue;

/// Q4. A removed queue is gone for good. Removing twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Remove {}

impl Remove {
    pub(in crate::queue) fn decide(
        self,
        queue: &Queue,
        _cx: &Context,
    ) -> Result<Vec<QueueEvent>, QueueRefusal> {
        if queue.body()?.removed {
            return Ok(vec![]);
        }
        Ok(vec![QueueEvent::Removed(Removed {})])
    }
}
