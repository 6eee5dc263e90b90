//! Redefine: it does something else.

use super::{fit_name, fit_steps, units_must_fit};
use crate::kernel::{Context, UnitId};
use crate::macros::event::{MacroEvent, Redefined};
use crate::macros::refusal::MacroRefusal;
use crate::macros::state::Macro;
use crate::macros::step::MacroStep;

/// M3. Name, unit and steps are said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    pub unit: Option<UnitId>,
    /// 1 to 20, in order.
    pub steps: Vec<MacroStep>,
}

impl Redefine {
    pub(in crate::macros) fn decide(
        self,
        it: &Macro,
        cx: &Context,
    ) -> Result<Vec<MacroEvent>, MacroRefusal> {
        let body = it.body()?;
        if body.retired {
            return Err(MacroRefusal::Retired);
        }
        let name = fit_name(&self.name)?;
        units_must_fit(self.unit, &self.steps, cx)?;
        let steps = fit_steps(self.steps)?;
        if (&name, self.unit, &steps) == (&body.name, body.unit, &body.steps) {
            return Ok(vec![]);
        }
        Ok(vec![MacroEvent::Redefined(Redefined { name, unit: self.unit, steps })])
    }
}
