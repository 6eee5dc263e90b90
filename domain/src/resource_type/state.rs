//! What a resource type's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{Defined, ResourceTypeEvent};
use super::refusal::ResourceTypeRefusal;

/// A resource type: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct ResourceType(pub Option<Box<Body>>);

/// A resource type that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What it is now.
    pub definition: Defined,
    /// Whether it is over.
    pub retired: bool,
}

impl ResourceType {
    /// The type, else RT1's refusal.
    pub fn body(&self) -> Result<&Body, ResourceTypeRefusal> {
        self.0.as_deref().ok_or(ResourceTypeRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<String> {
        self.0.as_deref().filter(|body| !body.retired).map(|body| body.definition.full_name())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: ResourceTypeEvent) {
        if let ResourceTypeEvent::Defined(definition) = event {
            self.0.get_or_insert_with(|| Box::new(Body { definition, retired: false }));
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            ResourceTypeEvent::Defined(_) => {}
            ResourceTypeEvent::Redefined(e) => {
                body.definition.label = e.label;
                body.definition.verbs = e.verbs;
            }
            ResourceTypeEvent::Retired(_) => body.retired = true,
        }
    }
}
