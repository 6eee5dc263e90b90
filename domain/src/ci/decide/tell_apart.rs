//! Tell apart: the item is not the same thing as another one.

use super::{PAIRS_MAX, active};
use crate::ci::event::{CiEvent, ToldApart};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::kernel::{CiId, Context};

/// M8. However alike the two look, they are two. Said of at most 100 items.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TellApart {
    /// The item's own stream.
    pub id: CiId,
    /// The item that it is not.
    pub other: CiId,
}

impl TellApart {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let Self { id, other } = self;
        if body.apart.contains(&other) {
            return Ok(vec![]);
        }
        if other == id || !cx.facts.items.get(&other).is_some_and(|known| known.active) {
            return Err(CiRefusal::PairUnfit { item: other });
        }
        if body.apart.len() >= PAIRS_MAX {
            return Err(CiRefusal::TooManyPairs);
        }
        Ok(vec![CiEvent::ToldApart(ToldApart { other })])
    }
}
