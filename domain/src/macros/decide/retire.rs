//! Retire: it is not applied any more.

use crate::kernel::Context;
use crate::macros::event::{MacroEvent, Retired};
use crate::macros::refusal::MacroRefusal;
use crate::macros::state::Macro;

/// M4. It is over, and its name is free. Retiring twice changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Retire {}

impl Retire {
    pub(in crate::macros) fn decide(
        self,
        it: &Macro,
        _cx: &Context,
    ) -> Result<Vec<MacroEvent>, MacroRefusal> {
        if it.body()?.retired {
            return Ok(vec![]);
        }
        Ok(vec![MacroEvent::Retired(Retired {})])
    }
}
