//! Save: a list worth keeping.

use crate::kernel::Context;
use crate::queue::arrangement::Arrangement;
use crate::queue::event::{QueueEvent, Saved};
use crate::queue::refusal::QueueRefusal;
use crate::queue::state::Queue;

/// Q1, Q2, Q3. A queue is saved once; whoever saves it owns it.
#[derive(Debug, Clone, PartialEq)]
pub struct Save {
    /// What it shows, and to whom.
    pub arrangement: Arrangement,
}

impl Save {
    pub(in crate::queue) fn decide(
        self,
        queue: &Queue,
        cx: &Context,
    ) -> Result<Vec<QueueEvent>, QueueRefusal> {
        if queue.0.is_some() {
            return Err(QueueRefusal::Exists);
        }
        let owner = cx.doer().ok_or(QueueRefusal::PersonRequired)?;
        let it = self.arrangement.fit(None, cx)?;
        Ok(vec![QueueEvent::Saved(Box::new(Saved {
            owner,
            unit: it.unit,
            name: it.name,
            sharing: it.sharing,
            filter: it.filter,
            order: it.order,
            columns: it.columns,
        }))])
    }
}
