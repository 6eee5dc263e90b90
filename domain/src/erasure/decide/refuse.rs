//! Refuse: somebody else says no.

use super::{Decided, decider, fit_why, must_be_open};
use crate::erasure::event::{ErasureEvent, Refused};
use crate::erasure::state::Erasure;
use crate::erasure::words::{Exemption, Phase};
use crate::kernel::Context;

/// ER2, ER4. The law says for it that the data stay; also after somebody said yes. Refused twice changes
/// nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Refuse {
    /// What the law says for it.
    pub ground: Exemption,
    /// Why, at most 2,000 characters.
    pub why: String,
}

impl Refuse {
    pub(in crate::erasure) fn decide(self, erasure: &Erasure, cx: &Context) -> Decided {
        let body = erasure.body()?;
        let by = decider(body, cx)?;
        if body.phase == Phase::Refused {
            return Ok(vec![]);
        }
        must_be_open(body)?;
        let why = fit_why(&self.why)?;
        Ok(vec![ErasureEvent::Refused(Refused { by, ground: self.ground, why })])
    }
}
