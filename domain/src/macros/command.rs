//! The macro's verbs: a table of contents.

pub use super::decide::define::Define;
pub use super::decide::redefine::Redefine;
pub use super::decide::retire::Retire;
use super::event::MacroEvent;
use super::refusal::MacroRefusal;
use super::state::Macro;
use super::step::MacroStep;
use crate::kernel::{ClaimChange, ClaimKey, Command, Context, Needs, UnitId};

/// What can be asked of a macro.
#[derive(Debug, Clone, PartialEq)]
#[expect(missing_docs, reason = "each variant is the verb its struct documents")]
pub enum MacroCommand {
    Define(Define),
    Redefine(Redefine),
    Retire(Retire),
}

impl Command for MacroCommand {
    type State = Macro;
    type Event = MacroEvent;
    type Refusal = MacroRefusal;

    fn needs(&self, _it: &Macro) -> Needs {
        let named = |unit: Option<UnitId>, steps: &[MacroStep]| {
            let units = steps.iter().filter_map(MacroStep::unit).chain(unit).collect();
            Needs { units, ..Needs::default() }
        };
        match self {
            Self::Define(c) => named(c.unit, &c.steps),
            Self::Redefine(c) => named(c.unit, &c.steps),
            Self::Retire(_) => Needs::default(),
        }
    }

    fn decide(self, it: &Macro, cx: &Context) -> Result<Vec<MacroEvent>, MacroRefusal> {
        match self {
            Self::Define(c) => c.decide(it, cx),
            Self::Redefine(c) => c.decide(it, cx),
            Self::Retire(c) => c.decide(it, cx),
        }
    }

    fn claims(before: &Macro, event: &MacroEvent) -> Vec<ClaimChange> {
        let held = before.name_held().map(ClaimKey::of_name);
        let wanted = match event {
            MacroEvent::Defined(e) => Some(e.name.as_str()),
            MacroEvent::Redefined(e) => Some(e.name.as_str()),
            MacroEvent::Retired(_) => None,
        };
        ClaimChange::exchange("macro.name", held, wanted.map(ClaimKey::of_name))
    }
}
