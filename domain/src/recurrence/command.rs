//! The recurrence's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::open::Open;
pub use super::decide::pass_over::PassOver;
pub use super::decide::stop::Stop;
use super::event::RecurrenceEvent;
use super::refusal::RecurrenceRefusal;
use super::state::Recurrence;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a recurrence.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum RecurrenceCommand {
    Define(Box<Define>),
    Stop(Stop),
    Open(Open),
    PassOver(PassOver),
}

impl Command for RecurrenceCommand {
    type State = Recurrence;
    type Event = RecurrenceEvent;
    type Refusal = RecurrenceRefusal;

    fn needs(&self, it: &Recurrence) -> Needs {
        match self {
            Self::Define(c) => c.needs(it),
            Self::Stop(_) | Self::Open(_) | Self::PassOver(_) => Needs::default(),
        }
    }

    fn decide(
        self,
        it: &Recurrence,
        cx: &Context,
    ) -> Result<Vec<RecurrenceEvent>, RecurrenceRefusal> {
        match self {
            Self::Define(c) => c.decide(it, cx),
            Self::Stop(c) => c.decide(it, cx),
            Self::Open(c) => c.decide(it, cx),
            Self::PassOver(c) => c.decide(it, cx),
        }
    }

    fn claims(before: &Recurrence, event: &RecurrenceEvent) -> Vec<ClaimChange> {
        let RecurrenceEvent::Defined(event) = event else { return Vec::new() };
        let held = before.0.as_deref().map(|body| ClaimKey::of_name(&body.definition.name));
        let wanted = Some(ClaimKey::of_name(&event.definition.name));
        ClaimChange::exchange("recurrence.name", held, wanted)
    }
}
