//! Revert: what a source said of the item does not count any more.

use super::{active, class, correction, keeps_required};
use crate::ci::event::CiEvent;
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::Origin;
use crate::kernel::Context;

/// M4. All that one source said of the attributes is taken back, one event each.
#[derive(Debug, Clone, PartialEq)]
pub struct Revert {
    /// The source's name.
    pub source: String,
}

impl Revert {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let (class, _) = class(body.class, cx)?;
        let said = body.given.iter().filter_map(|(attribute, sources)| {
            let given = sources.get(&self.source)?;
            let origin = Origin { name: self.source.clone(), rank: given.rank };
            correction(body, attribute, (None, &origin))
        });
        let events: Vec<CiEvent> = said.collect();
        keeps_required(class, &events)?;
        Ok(events)
    }
}
