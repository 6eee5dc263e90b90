//! What a template's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{AccessTemplateEvent, Definition};
use super::refusal::AccessTemplateRefusal;

/// A template of grants: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct AccessTemplate(pub Option<Box<Body>>);

/// A template that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The number of its latest definition, from 1.
    pub version: i64,
    /// The latest definition.
    pub definition: Definition,
    /// Whether it is over.
    pub retired: bool,
}

impl AccessTemplate {
    /// The template, else AT1's refusal.
    pub fn body(&self) -> Result<&Body, AccessTemplateRefusal> {
        self.0.as_deref().ok_or(AccessTemplateRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        let body = self.0.as_deref().filter(|body| !body.retired);
        body.map(|body| body.definition.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: AccessTemplateEvent) {
        if let AccessTemplateEvent::Defined(definition) = event {
            let first = || Box::new(Body { version: 1, definition: *definition, retired: false });
            self.0.get_or_insert_with(first);
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            AccessTemplateEvent::Defined(_) => {}
            AccessTemplateEvent::Redefined(definition) => {
                body.version = body.version.saturating_add(1);
                body.definition = *definition;
            }
            AccessTemplateEvent::Retired(_) => body.retired = true,
        }
    }
}
