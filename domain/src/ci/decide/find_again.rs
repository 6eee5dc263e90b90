//! Find again: a source that missed the item sent it.

use super::active;
use crate::ci::event::{CiEvent, FoundAgain};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::kernel::Context;

/// M7. The source sent the item, whatever it said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FindAgain {
    /// The source's name.
    pub source: String,
}

impl FindAgain {
    pub(in crate::ci) fn decide(self, ci: &Ci, _cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let missed = active(ci)?.missing.contains_key(&self.source);
        let found = CiEvent::FoundAgain(FoundAgain { source: self.source });
        Ok(missed.then_some(found).into_iter().collect())
    }
}
