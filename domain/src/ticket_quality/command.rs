//! The verbs about a ticket's quality: a table of contents. Each names the ticket, whose life the
//! rules look at.

pub use super::decide::check::{Answer, Check};
pub use super::decide::rate::Rate;
pub use super::decide::sample::Sample;
use super::event::TicketQualityEvent;
use super::refusal::TicketQualityRefusal;
use super::state::TicketQuality;
use crate::kernel::{Command, Context, Needs};

/// What can be asked about a ticket's quality.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum TicketQualityCommand {
    Sample(Sample),
    Rate(Rate),
    Check(Check),
}

impl Command for TicketQualityCommand {
    type State = TicketQuality;
    type Event = TicketQualityEvent;
    type Refusal = TicketQualityRefusal;

    fn needs(&self, _quality: &TicketQuality) -> Needs {
        let ticket = match self {
            Self::Sample(c) => c.ticket,
            Self::Rate(c) => c.ticket,
            Self::Check(c) => c.ticket,
        };
        Needs { tickets: [ticket].into(), ..Needs::default() }
    }

    fn decide(
        self,
        quality: &TicketQuality,
        cx: &Context,
    ) -> Result<Vec<TicketQualityEvent>, TicketQualityRefusal> {
        match self {
            Self::Sample(c) => c.decide(quality, cx),
            Self::Rate(c) => c.decide(quality, cx),
            Self::Check(c) => c.decide(quality, cx),
        }
    }
}
