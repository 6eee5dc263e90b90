//! Define: there is another type of resources to decide about.

use std::collections::BTreeMap;

use super::{fit_label, is_system, is_word, verbs_must_fit};
use crate::kernel::{Actor, Context};
use crate::resource_type::event::{Defined, ResourceTypeEvent, Verb};
use crate::resource_type::refusal::ResourceTypeRefusal;
use crate::resource_type::state::ResourceType;

/// RT1, RT2, RT3. A type is defined once: whose it is, what it is called, what can be done with it.
#[derive(Debug, Clone, PartialEq)]
pub struct Define {
    /// Whose the resources are, for ever; a word.
    pub system: String,
    /// What they are called there, for ever; a word, unique within the system.
    pub name: String,
    /// What people call them; at most 200 characters.
    pub label: String,
    /// What can be done with them; 1 to 200 words.
    pub verbs: BTreeMap<String, Verb>,
}

impl Define {
    pub(in crate::resource_type) fn decide(
        self,
        resource: &ResourceType,
        cx: &Context,
    ) -> Result<Vec<ResourceTypeEvent>, ResourceTypeRefusal> {
        if resource.0.is_some() {
            return Err(ResourceTypeRefusal::Exists);
        }
        if !is_system(&self.system) {
            return Err(ResourceTypeRefusal::SystemUnfit);
        }
        if !is_word(&self.name) {
            return Err(ResourceTypeRefusal::NameUnfit);
        }
        verbs_must_fit(&self.verbs)?;
        let registrar = match cx.actor {
            Actor::Service(program) => Some(program),
            Actor::Person(_) | Actor::Import | Actor::System => None,
        };
        Ok(vec![ResourceTypeEvent::Defined(Defined {
            system: self.system,
            name: self.name,
            label: fit_label(&self.label)?,
            verbs: self.verbs,
            registrar,
        })])
    }
}
