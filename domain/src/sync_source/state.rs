//! What a source's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::{Definition, SyncSourceEvent};
use super::refusal::SyncSourceRefusal;

/// A source: nothing before it is defined.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SyncSource(pub Option<Box<Body>>);

/// A source that was defined.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// As it was last defined.
    pub definition: Definition,
}

impl SyncSource {
    /// The source, else Y1's refusal.
    pub fn body(&self) -> Result<&Body, SyncSourceRefusal> {
        self.0.as_deref().ok_or(SyncSourceRefusal::NotFound)
    }

    /// Applies an event; never fails.
    pub fn evolve(&mut self, event: SyncSourceEvent) {
        match event {
            SyncSourceEvent::Defined(definition) => {
                self.0 = Some(Box::new(Body { definition: *definition }));
            }
            SyncSourceEvent::Ran(_) => {}
        }
    }
}
