//! The clocks' verbs: a table of contents.

pub use super::decide::notify::Notify;
pub use super::decide::record::Record;
pub use super::decide::remind::Remind;
use super::event::TicketClockEvent;
use super::refusal::TicketClockRefusal;
use super::state::TicketClock;
use crate::kernel::{Command, Context};

/// What can be asked of a ticket's clocks.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TicketClockCommand {
    Record(Record),
    Notify(Notify),
    Remind(Remind),
}

impl Command for TicketClockCommand {
    type State = TicketClock;
    type Event = TicketClockEvent;
    type Refusal = TicketClockRefusal;

    fn decide(
        self,
        clocks: &TicketClock,
        cx: &Context,
    ) -> Result<Vec<TicketClockEvent>, TicketClockRefusal> {
        match self {
            Self::Record(c) => c.decide(clocks, cx),
            Self::Notify(c) => c.decide(clocks, cx),
            Self::Remind(c) => c.decide(clocks, cx),
        }
    }
}
