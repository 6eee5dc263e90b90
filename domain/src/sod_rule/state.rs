//! What a rule's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::SodRuleEvent;
use super::refusal::SodRuleRefusal;
use crate::access::model;

/// A rule of segregation of duties: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SodRule(pub Option<Box<Body>>);

/// A rule that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The number of its latest definition, from 1.
    pub version: i64,
    /// The latest definition.
    pub definition: model::SodRule,
    /// Whether it is over.
    pub retired: bool,
}

impl SodRule {
    /// The rule, else SD1's refusal.
    pub fn body(&self) -> Result<&Body, SodRuleRefusal> {
        self.0.as_deref().ok_or(SodRuleRefusal::NotFound)
    }

    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        let body = self.0.as_deref().filter(|body| !body.retired);
        body.map(|body| body.definition.name.as_str())
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: SodRuleEvent) {
        if let SodRuleEvent::Defined(definition) = event {
            let first = || Box::new(Body { version: 1, definition: *definition, retired: false });
            self.0.get_or_insert_with(first);
            return;
        }
        let Some(body) = self.0.as_deref_mut() else { return };
        match event {
            SodRuleEvent::Defined(_) => {}
            SodRuleEvent::Redefined(definition) => {
                body.version = body.version.saturating_add(1);
                body.definition = *definition;
            }
            SodRuleEvent::Retired(_) => body.retired = true,
        }
    }
}
