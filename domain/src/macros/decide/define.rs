//! Define: several verbs are done as one.

use super::{fit_name, fit_steps, units_must_fit};
use crate::kernel::{Context, UnitId};
use crate::macros::event::{Defined, MacroEvent};
use crate::macros::refusal::MacroRefusal;
use crate::macros::state::Macro;
use crate::macros::step::MacroStep;

/// M1, M2. A macro is defined once, with a name and what it does.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// At most 200 characters, unique whatever its case.
    pub name: String,
    /// The unit whose staff use it; none: all staff.
    pub unit: Option<UnitId>,
    /// 1 to 20, in order.
    pub steps: Vec<MacroStep>,
}

impl Define {
    pub(in crate::macros) fn decide(
        self,
        it: &Macro,
        cx: &Context,
    ) -> Result<Vec<MacroEvent>, MacroRefusal> {
        if it.0.is_some() {
            return Err(MacroRefusal::Exists);
        }
        let name = fit_name(&self.name)?;
        units_must_fit(self.unit, &self.steps, cx)?;
        let steps = fit_steps(self.steps)?;
        Ok(vec![MacroEvent::Defined(Defined { name, unit: self.unit, steps })])
    }
}
