//! A bound above whatever was granted: of a token, or of a sort of subjects.

use serde::{Deserialize, Serialize};

use super::action::ActionName;
use super::pattern::ActionPattern;

/// The actions that are not beyond it. It gives nothing by itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ceiling(pub Vec<ActionPattern>);

impl Ceiling {
    /// Whether the action stays below.
    pub fn permits(&self, action: &ActionName) -> bool {
        self.0.iter().any(|pattern| pattern.matches(action))
    }
}
