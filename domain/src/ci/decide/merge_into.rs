//! Merge: another item goes on in this one's place.

use super::{active, class};
use crate::ci::event::{CiEvent, MergedInto};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::kernel::{CiId, Context};

/// M6. The item was the same thing as another one, which goes on. Their classes are of one family:
/// one inherits from the other, or is it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MergeInto {
    /// The item's own stream.
    pub id: CiId,
    /// The item that goes on.
    pub into: CiId,
}

impl MergeInto {
    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let (_, catalogue) = class(body.class, cx)?;
        let into = self.into;
        let family = |other| catalogue.is_a(other, body.class) || catalogue.is_a(body.class, other);
        let known = cx.facts.items.get(&into);
        if into == self.id || !known.is_some_and(|known| known.active && family(known.class)) {
            return Err(CiRefusal::MergeUnfit { item: into });
        }
        Ok(vec![CiEvent::MergedInto(MergedInto { into })])
    }
}
