//! The hold's verbs: a table of contents.

pub use super::decide::lift::Lift;
pub use super::decide::place::Place;
use super::event::EvidenceHoldEvent;
use super::refusal::EvidenceHoldRefusal;
use super::state::EvidenceHold;
use crate::access::known::AccessNeeds;
use crate::kernel::{Command, Context, Needs};

/// What can be asked of a hold.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum EvidenceHoldCommand {
    Place(Place),
    Lift(Lift),
}

impl Command for EvidenceHoldCommand {
    type State = EvidenceHold;
    type Event = EvidenceHoldEvent;
    type Refusal = EvidenceHoldRefusal;

    fn needs(&self, _hold: &EvidenceHold) -> Needs {
        match self {
            Self::Place(c) => c.needs(),
            Self::Lift(_) => AccessNeeds::rules().into(),
        }
    }

    fn decide(
        self,
        hold: &EvidenceHold,
        cx: &Context,
    ) -> Result<Vec<EvidenceHoldEvent>, EvidenceHoldRefusal> {
        match self {
            Self::Place(c) => c.decide(hold, cx),
            Self::Lift(c) => c.decide(hold, cx),
        }
    }
}
