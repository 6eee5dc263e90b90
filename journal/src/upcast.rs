//! Old shapes of events, read as today's: one function a step, resolved by table.

use std::collections::HashMap;

use serde_json::Value;

/// Turns a payload of one version into the next; pure and total.
pub type Upcast = fn(Value) -> Value;

/// All upcasters, by event type and the version they start from.
#[derive(Debug, Clone, Default)]
pub struct Upcasters {
    steps: HashMap<(&'static str, &'static str), (&'static str, Upcast)>,
}

impl Upcasters {
    /// Adds a step from one version of an event type to another.
    #[must_use]
    pub fn with(
        mut self,
        event_type: &'static str,
        from: &'static str,
        to: &'static str,
        step: Upcast,
    ) -> Self {
        self.steps.insert((event_type, from), (to, step));
        self
    }

    /// Follows the steps to the newest version there is; every event started at version 1.
    pub fn lift(&self, event_type: &str, version: &str, payload: Value) -> (String, Value) {
        let (mut version, mut payload) = (version.to_owned(), payload);
        // A table cannot loop longer than it has entries.
        for _ in 0..=self.steps.len() {
            let Some((to, upcast)) = self.steps.get(&(event_type, version.as_str())) else { break };
            payload = upcast(payload);
            version = (*to).to_owned();
        }
        (version, payload)
    }
}
