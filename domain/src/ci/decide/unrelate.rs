//! Unrelate: the item has nothing to do with another one any more.

use super::{active, fit_origin};
use crate::ci::event::{Bond, CiEvent};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::Origin;
use crate::kernel::{CiId, Context};

/// M5. A relation that goes out from the item ends.
#[derive(Debug, Clone, PartialEq)]
pub struct Unrelate {
    /// The relation's name.
    pub relation: String,
    /// The item at its other end.
    pub to: CiId,
    /// Who says so.
    pub origin: Origin,
}

impl Unrelate {
    pub(in crate::ci) fn decide(self, ci: &Ci, _cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let Self { relation, to, origin } = self;
        if !body.relations.get(&relation).is_some_and(|there| there.contains_key(&to)) {
            let relation = relation.chars().take(80).collect();
            return Err(CiRefusal::NotRelated { relation, item: to });
        }
        Ok(vec![CiEvent::Unrelated(Bond { relation, to, origin: fit_origin(origin)? })])
    }
}
