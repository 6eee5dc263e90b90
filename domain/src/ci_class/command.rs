//! The class's verbs: a table of contents.

pub use super::decide::define::Define;
use super::event::CiClassEvent;
use super::refusal::CiClassRefusal;
use super::state::CiClass;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs};

/// What can be asked of a class.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum CiClassCommand {
    Define(Box<Define>),
}

impl Command for CiClassCommand {
    type State = CiClass;
    type Event = CiClassEvent;
    type Refusal = CiClassRefusal;

    fn needs(&self, _class: &CiClass) -> Needs {
        Needs { catalogue: true, ..Needs::default() }
    }

    fn decide(self, class: &CiClass, cx: &Context) -> Result<Vec<CiClassEvent>, CiClassRefusal> {
        match self {
            Self::Define(c) => c.decide(class, cx),
        }
    }

    fn claims(before: &CiClass, event: &CiClassEvent) -> Vec<ClaimChange> {
        let CiClassEvent::Defined(e) = event;
        let held = before.name_held().map(ClaimKey::of_name);
        ClaimChange::exchange("ci_class.name", held, Some(ClaimKey::of_name(&e.name)))
    }
}
