//! Change SLA: what tickets are measured by.

use std::collections::BTreeMap;

use crate::kernel::{Context, Needs, SlaPlanId};
use crate::settings::event::{SettingsEvent, SlaChanged};
use crate::settings::refusal::SettingsRefusal;
use crate::settings::state::Settings;
use crate::ticket::TicketKind;

/// C8. Plans measure tickets, or people name deadlines. A kind has at most one plan, which tickets of
/// it come under whose subject has none. The same again changes nothing; what is open keeps its terms.
#[derive(Debug, Clone, PartialEq)]
pub struct ChangeSla {
    /// Whether plans measure tickets that are opened from now on.
    pub on: bool,
    /// The plan of tickets whose subject has none, by their kind.
    pub plans: BTreeMap<TicketKind, SlaPlanId>,
}

impl ChangeSla {
    pub(in crate::settings) fn needs(&self) -> Needs {
        Needs { plans: self.plans.values().copied().collect(), ..Needs::default() }
    }

    pub(in crate::settings) fn decide(
        self,
        settings: &Settings,
        cx: &Context,
    ) -> Result<Vec<SettingsEvent>, SettingsRefusal> {
        let policy = settings.established()?;
        if (policy.sla_on, &policy.sla_plans) == (self.on, &self.plans) {
            return Ok(vec![]);
        }
        if !self.plans.values().all(|plan| cx.facts.plans.contains_key(plan)) {
            return Err(SettingsRefusal::PlanUnknown);
        }
        Ok(vec![SettingsEvent::SlaChanged(SlaChanged { on: self.on, plans: self.plans })])
    }
}
