//! Redefine: more can be done with the resources, or they are called otherwise.

use std::collections::BTreeMap;

use super::{fit_label, must_be_theirs, verbs_must_fit};
use crate::kernel::Context;
use crate::resource_type::event::{Redefined, ResourceTypeEvent, Verb};
use crate::resource_type::refusal::ResourceTypeRefusal;
use crate::resource_type::state::ResourceType;

/// RT2 to RT5. The label and the verbs are said anew, as a whole. The same again changes nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Redefine {
    /// What people call them; at most 200 characters.
    pub label: String,
    /// What can be done with them; what was there among it.
    pub verbs: BTreeMap<String, Verb>,
}

impl Redefine {
    pub(in crate::resource_type) fn decide(
        self,
        resource: &ResourceType,
        cx: &Context,
    ) -> Result<Vec<ResourceTypeEvent>, ResourceTypeRefusal> {
        let body = resource.body()?;
        if body.retired {
            return Err(ResourceTypeRefusal::Retired);
        }
        must_be_theirs(body, cx)?;
        verbs_must_fit(&self.verbs)?;
        for (word, before) in &body.definition.verbs {
            let verb = || word.clone();
            let Some(after) = self.verbs.get(word) else {
                return Err(ResourceTypeRefusal::VerbMissing { verb: verb() });
            };
            if after.class != before.class {
                return Err(ResourceTypeRefusal::VerbMadeOtherwise { verb: verb() });
            }
        }
        let label = fit_label(&self.label)?;
        if label == body.definition.label && self.verbs == body.definition.verbs {
            return Ok(vec![]);
        }
        Ok(vec![ResourceTypeEvent::Redefined(Redefined { label, verbs: self.verbs })])
    }
}
