//! Place: this is evidence.

use chrono::{DateTime, TimeDelta, Utc};

use super::{Decided, HOLD_MAX_DAYS, fit_why};
use crate::evidence_hold::event::{EvidenceHoldEvent, HeldObject, Placed};
use crate::evidence_hold::refusal::EvidenceHoldRefusal;
use crate::evidence_hold::state::EvidenceHold;
use crate::kernel::{Context, Needs};

/// EH1, EH2. Nothing that it protects is erased from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// On what.
    pub on: HeldObject,
    /// Why, at most 2,000 characters.
    pub why: String,
    /// Within ten years; none: until it is lifted.
    pub until: Option<DateTime<Utc>>,
}

impl Place {
    pub(in crate::evidence_hold) fn needs(&self) -> Needs {
        match self.on {
            HeldObject::Person(person) => Needs { bonds: [person].into(), ..Needs::default() },
            HeldObject::Ticket(ticket) => Needs { tickets: [ticket].into(), ..Needs::default() },
        }
    }

    pub(in crate::evidence_hold) fn decide(self, hold: &EvidenceHold, cx: &Context) -> Decided {
        if hold.0.is_some() {
            return Err(EvidenceHoldRefusal::Exists);
        }
        let Self { on, why, until } = self;
        match on {
            HeldObject::Person(person) => {
                let bonds = cx.facts.bonds.get(&person);
                if bonds.ok_or(EvidenceHoldRefusal::ObjectUnknown)?.begun.is_some() {
                    return Err(EvidenceHoldRefusal::TooLate);
                }
            }
            HeldObject::Ticket(ticket) if !cx.facts.tickets.contains_key(&ticket) => {
                return Err(EvidenceHoldRefusal::ObjectUnknown);
            }
            HeldObject::Ticket(_) => {}
        }
        let longest = TimeDelta::days(HOLD_MAX_DAYS);
        if until.is_some_and(|until| until <= cx.now || until - cx.now > longest) {
            return Err(EvidenceHoldRefusal::EndUnfit);
        }
        let why = fit_why(&why)?;
        Ok(vec![EvidenceHoldEvent::Placed(Placed { on, why, until })])
    }
}
