//! What a class's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::CiClassEvent;
use crate::cmdb::Definition;

/// A class: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct CiClass(pub Option<Box<Body>>);

/// A class that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// The number of its latest definition, from 1.
    pub version: i64,
    /// The latest definition.
    pub definition: Definition,
}

impl CiClass {
    /// The name that is not free because of it.
    pub(super) fn name_held(&self) -> Option<&str> {
        self.0.as_ref().map(|body| body.definition.name.as_str())
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: CiClassEvent) {
        let CiClassEvent::Defined(definition) = event;
        let version = self.0.as_ref().map_or(0, |body| body.version).saturating_add(1);
        self.0 = Some(Box::new(Body { version, definition: *definition }));
    }
}
