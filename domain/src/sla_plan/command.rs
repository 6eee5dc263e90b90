//! The plan's verbs: a table of contents.

pub use super::decide::define::{Define, WantedClock, WantedTargets, WantedThreshold};
use super::event::SlaPlanEvent;
use super::refusal::SlaPlanRefusal;
use super::state::SlaPlan;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a service level plan.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum SlaPlanCommand {
    Define(Box<Define>),
}

impl Command for SlaPlanCommand {
    type State = SlaPlan;
    type Event = SlaPlanEvent;
    type Refusal = SlaPlanRefusal;

    fn needs(&self, _plan: &SlaPlan) -> Needs {
        match self {
            Self::Define(c) => c.needs(),
        }
    }

    fn decide(self, plan: &SlaPlan, cx: &Context) -> Result<Vec<SlaPlanEvent>, SlaPlanRefusal> {
        match self {
            Self::Define(c) => c.decide(plan, cx),
        }
    }

    fn claims(before: &SlaPlan, event: &SlaPlanEvent) -> Vec<ClaimChange> {
        let SlaPlanEvent::Defined(e) = event;
        let held = before.name_held().map(ClaimKey::of_name);
        ClaimChange::exchange("sla_plan.name", held, Some(ClaimKey::of_name(&e.name)))
    }
}
