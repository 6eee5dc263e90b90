//! Correct: a source says anew what is known of the item.

use std::collections::BTreeMap;

use super::{
    active, attribute, class, correction, fit, fit_origin, keeps_required, name_references, stored,
};
use crate::ci::event::{CiEvent, FoundAgain};
use crate::ci::refusal::CiRefusal;
use crate::ci::state::Ci;
use crate::ci::words::Origin;
use crate::cmdb::Datum;
use crate::kernel::{CiId, Context, Needs};

/// M1, M3, M4, M5. What this source says of these attributes, one event each; none: nothing any more.
#[derive(Debug, Clone, PartialEq)]
pub struct Correct {
    /// The item's own stream.
    pub id: CiId,
    /// What is said, by the attributes' names.
    pub attributes: BTreeMap<String, Option<Datum>>,
    /// Who says so.
    pub origin: Origin,
}

impl Correct {
    pub(in crate::ci) fn name_items(&self, needs: &mut Needs) {
        name_references(self.attributes.values().flatten(), needs);
    }

    pub(in crate::ci) fn decide(self, ci: &Ci, cx: &Context) -> Result<Vec<CiEvent>, CiRefusal> {
        let body = active(ci)?;
        let (class, catalogue) = class(body.class, cx)?;
        let origin = fit_origin(self.origin)?;
        let mut events = Vec::new();
        for (name, value) in &self.attributes {
            let attribute = attribute(class, name)?;
            let given = match value {
                Some(value) => {
                    let value = fit(attribute, value, (catalogue, cx))?;
                    Some(stored(attribute, value, self.id))
                }
                None => None,
            };
            events.extend(correction(body, name, (given, &origin)));
        }
        keeps_required(class, &events)?;
        if body.missing.contains_key(&origin.name) {
            events.push(CiEvent::FoundAgain(FoundAgain { source: origin.name }));
        }
        Ok(events)
    }
}
