//! Change dispatch: who places what routing cannot.

use std::collections::BTreeSet;

use crate::kernel::{Context, Needs, UnitId};
use crate::settings::event::{DispatchChanged, SettingsEvent};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;

/// C6. The staff of one open unit that takes tickets place what routing cannot, or all who belong to
/// a unit. The same unit again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeDispatch {
    /// Whose staff; none: all who belong to a unit.
    pub unit: Option<UnitId>,
}

impl ChangeDispatch {
    pub(in crate::settings) fn needs(&self) -> Needs {
        Needs { units: BTreeSet::from_iter(self.unit), ..Needs::default() }
    }

    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        if settings.established()?.dispatch_unit == self.unit {
            return Ok(vec![]);
        }
        if self.unit.is_some_and(|unit| !cx.facts.takes_tickets(unit)) {
            return Err(SettingsRefusal::UnitUnfit);
        }
        Ok(vec![SettingsEvent::DispatchChanged(DispatchChanged { unit: self.unit })])
    }
}
