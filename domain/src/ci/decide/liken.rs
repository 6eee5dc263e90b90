//! Liken: the item may be the same thing as another one.

use super::{PAIRS_MAX, active};
use crate::ci::event::{CiEvent, Likened};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::kernel::{CiId, Context};

/// M8. A row of a source matched this item and the other one. It is said once of two items, and not
/// of those that were told apart; of more than 100 it is not said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Liken {
    /// The item's own stream.
    pub id: CiId,
    /// The item that it may be.
    pub other: CiId,
    /// Whose row matched both.
    pub source: String,
}

impl Liken {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let Self { id, other, source } = self;
        if other == id || !cx.facts.items.get(&other).is_some_and(|known| known.active) {
            return Err(CiRefusal::PairUnfit { item: other });
        }
        let settled = body.alike.contains(&other) || body.apart.contains(&other);
        if settled || body.alike.len() >= PAIRS_MAX {
            return Ok(vec![]);
        }
        Ok(vec![CiEvent::Likened(Likened { other, source })])
    }
}
