//! What a macro's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::MacroEvent;
use super::refusal::MacroRefusal;
use super::step::MacroStep;
use crate::kernel::UnitId;

/// A macro: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Macro(pub Option<Body>);

/// A macro that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// Unique, whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    pub unit: Option<UnitId>,
    /// 1 to 20, in order.
    pub steps: Vec<MacroStep>,
    /// Whether it is not applied any more.
    pub retired: bool,
}

impl Macro {
    /// The macro, else M1's refusal.
    pub fn body(&self) -> Result<&Body, MacroRefusal> {
        self.0.as_ref().ok_or(MacroRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_ref().filter(|body| !body.retired).map(|body| body.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: MacroEvent) {
        if let MacroEvent::Defined(e) = event {
            let body = Body { name: e.name, unit: e.unit, steps: e.steps, retired: false };
            self.0.get_or_insert(body);
            return;
        }
        let Some(body) = &mut self.0 else { return };
        match event {
            MacroEvent::Defined(_) => {}
            MacroEvent::Redefined(e) => {
                (body.name, body.unit, body.steps) = (e.name, e.unit, e.steps);
            }
            MacroEvent::Retired(_) => body.retired = true,
        }
    }
}
