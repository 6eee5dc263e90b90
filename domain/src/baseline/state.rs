//! What a baseline's decisions need to remember.

use serde::{Deserialize, Serialize};

use super::event::BaselineEvent;
use super::refusal::BaselineRefusal;
use crate::kernel::Personal;

/// A baseline: nothing before it is named.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Baseline(pub Option<Box<Body>>);

/// A baseline that was named.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Body {
    /// What it is called.
    pub name: String,
    /// After which event of the log; none: after the one that named it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub position: Option<i64>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<Personal<String>>,
    /// Whether it does not count any more.
    pub withdrawn: bool,
}

impl Baseline {
    /// The baseline, else O1's refusal; one that is withdrawn is there to be asked about.
    pub fn body(&self) -> Result<&Body, BaselineRefusal> {
        self.0.as_deref().ok_or(BaselineRefusal::NotFound)
    }

    /// Applies an event; never fails, ignores what cannot follow.
    pub fn evolve(&mut self, event: BaselineEvent) {
        match event {
            BaselineEvent::Named(e) => {
                let body =
                    Body { name: e.name, position: e.position, note: e.note, withdrawn: false };
                self.0.get_or_insert_with(|| Box::new(body));
            }
            BaselineEvent::Renamed(e) => {
                if let Some(body) = self.0.as_deref_mut() {
                    body.name = e.name;
                }
            }
            BaselineEvent::Withdrawn(_) => {
                if let Some(body) = self.0.as_deref_mut() {
                    body.withdrawn = true;
                }
            }
        }
    }
}
