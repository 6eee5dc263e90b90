//! Relate: the item has to do with another one.

use super::{RELATIONS_MAX, active, class, fit_origin, fit_target};
use crate::ci::event::{Bond, CiEvent};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::Origin;
use crate::kernel::{CiId, Context};

/// M5. A relation of the item's class goes out from it to another item; if it does already, nothing
/// changes.
#[derive(Debug, Clone, PartialEq)]
pub struct Relate {
    /// The relation's name.
    pub relation: String,
    /// The item at its other end.
    pub to: CiId,
    /// Who says so.
    pub origin: Origin,
}

impl Relate {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let (class, catalogue) = class(body.class, cx)?;
        let Self { relation, to, origin } = self;
        let there = body.relations.get(&relation);
        if there.is_some_and(|there| there.contains_key(&to)) {
            return Ok(vec![]);
        }
        fit_target(class, (&relation, to), (catalogue, cx))?;
        let single = class.relation(&relation).is_some_and(|found| found.single);
        if let Some(item) = there.and_then(|there| there.keys().next()).filter(|_| single) {
            return Err(CiRefusal::OverCardinality { relation, item: *item });
        }
        if body.bonds() >= RELATIONS_MAX {
            return Err(CiRefusal::TooManyRelations);
        }
        Ok(vec![CiEvent::Related(Bond { relation, to, origin: fit_origin(origin)? })])
    }
}
