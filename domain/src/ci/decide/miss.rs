//! Miss: a source that knows the item did not send it any more.

use super::active;
use crate::ci::event::{CiEvent, Missed};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::kernel::Context;

/// M7. A complete run of this source went without the item. It is missed since the first of such
/// runs; by a source that says nothing of it, it is not missed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Miss {
    /// The source's name.
    pub source: String,
}

impl Miss {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        if !body.is_known_by(&self.source) || body.missing.contains_key(&self.source) {
            return Ok(vec![]);
        }
        Ok(vec![CiEvent::Missed(Missed { source: self.source, since: cx.now })])
    }
}
