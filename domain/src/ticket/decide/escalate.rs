//! Escalate by hand: to more expert people.

use std::collections::BTreeSet;

use super::target_must_fit;
use crate::kernel::{Context, Needs, UnitId};
use crate::ticket::event::{Escalated, TicketEvent};
use crate::ticket::refusal::TicketRefusal;
use crate::ticket::state::Ticket;
use crate::ticket::words::{Tier, Verb};

/// Where to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum EscalateTo {
    /// This tier, which must be the next one; the unit stays.
    Tier(Tier),
    /// Another unit; the tier stays.
    Unit(UnitId),
}

/// T16. An open ticket goes one tier up or to another unit, with a reason. Where it already is,
/// nothing changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Escalate {
    /// Where to.
    pub to: EscalateTo,
}

impl Escalate {
    pub(in crate::ticket) fn needs(&self) -> Needs {
        match self.to {
            EscalateTo::Tier(_) => Needs::default(),
            EscalateTo::Unit(unit) => Needs { units: BTreeSet::from([unit]), ..Needs::default() },
        }
    }

    pub(in crate::ticket) fn decide(
        self,
        ticket: &Ticket,
        cx: &Context,
    ) -> Result<Vec<TicketEvent>, TicketRefusal> {
        let body = ticket.ready_for(Verb::Escalate)?;
        let (tier, unit) = match self.to {
            EscalateTo::Tier(tier) => (tier, body.unit),
            EscalateTo::Unit(unit) => (body.tier, Some(unit)),
        };
        if (tier, unit) == (body.tier, body.unit) {
            return Ok(vec![]);
        }
        body.must_be_free_for(cx)?;
        if tier != body.tier && (tier > Tier::TOP || tier.0 != body.tier.0.saturating_add(1)) {
            return Err(TicketRefusal::TierUnfit);
        }
        if unit != body.unit {
            body.must_not_be_individual()?;
            target_must_fit(unit, &BTreeSet::new(), cx)?;
        }
        if cx.reason.is_none() {
            return Err(TicketRefusal::ReasonRequired);
        }
        Ok(vec![TicketEvent::Escalated(Escalated { tier, unit })])
    }
}
