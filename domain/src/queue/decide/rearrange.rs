//! Rearrange: it shows something else, or to others.

use crate::kernel::Context;
use crate::queue::arrangement::Arrangement;
use crate::queue::event::{QueueEvent, Rearranged};
use crate::queue::refusal::QueueRefusal;
use crate::queue::state::Queue;

/// Q4, Q2, Q3. What it shows is said anew, as a whole; its owner stays. The same again changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Rearrange {
    /// What it shows, and to whom.
    pub arrangement: Arrangement,
}

impl Rearrange {
    pub(in crate::queue) fn decide(
        self,
        queue: &Queue,
        cx: &Context,
    ) -> Result<Vec<QueueEvent>, QueueRefusal> {
        let body = queue.body()?;
        if body.removed {
            return Err(QueueRefusal::NotFound);
        }
        let it = self.arrangement.fit(body.arrangement.unit, cx)?;
        if it == body.arrangement {
            return Ok(vec![]);
        }
        Ok(vec![QueueEvent::Rearranged(Box::new(Rearranged {
            unit: it.unit,
            name: it.name,
            sharing: it.sharing,
            filter: it.filter,
            order: it.order,
            columns: it.columns,
        }))])
    }
}
