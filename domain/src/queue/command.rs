//! The saved queue's verbs: a table of contents.

pub use super::decide::rearrange::Rearrange;
pub use super::decide::remove::Remove;
pub use super::decide::save::Save;
use super::event::QueueEvent;
use super::refusal::QueueRefusal;
use super::state::Queue;
use crate::kernel::{Command, Context};

/// What can be asked of a saved queue.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum QueueCommand {
    Save(Box<Save>),
    Rearrange(Box<Rearrange>),
    Remove(Remove),
}

impl Command for QueueCommand {
    type State = Queue;
    type Event = QueueEvent;
    type Refusal = QueueRefusal;

    fn decide(self, queue: &Queue, cx: &Context) -> Result<Vec<QueueEvent>, QueueRefusal> {
        match self {
            Self::Save(c) => c.decide(queue, cx),
            Self::Rearrange(c) => c.decide(queue, cx),
            Self::Remove(c) => c.decide(queue, cx),
        }
    }
}
