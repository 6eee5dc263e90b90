//! Lift: it is evidence no more.

use super::{Decided, fit_why};
use crate::access::giving::is_doer;
use crate::evidence_hold::event::{EvidenceHoldEvent, HeldObject, Lifted};
use crate::evidence_hold::refusal::EvidenceHoldRefusal;
use crate::evidence_hold::state::EvidenceHold;
use crate::kernel::Context;

/// EH3. What it protected may be erased from now on.
#[derive(Debug, Clone, PartialEq)]
pub struct Lift {
    /// Why, at most 2,000 characters.
    pub why: String,
}

impl Lift {
    pub(in crate::evidence_hold) fn decide(self, hold: &EvidenceHold, cx: &Context) -> Decided {
        let body = hold.body()?;
        if matches!(body.on, HeldObject::Person(person) if is_doer(person, cx)) {
            return Err(EvidenceHoldRefusal::NotOneself);
        }
        if body.lifted {
            return Ok(vec![]);
        }
        if !body.is_in_force(cx.now) {
            return Err(EvidenceHoldRefusal::Over);
        }
        let why = fit_why(&self.why)?;
        Ok(vec![EvidenceHoldEvent::Lifted(Lifted { why })])
    }
}
