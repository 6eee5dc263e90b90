//! The priority matrix: impact and urgency give a priority. Data, not code.

use serde::{Deserialize, Serialize};

use crate::ticket::words::{Impact, Priority, Urgency};

/// Three rows (impact HIGH, MEDIUM, LOW) of three priorities (urgency HIGH, MEDIUM, LOW).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct PriorityMatrix(pub [[Priority; 3]; 3]);

impl PriorityMatrix {
    /// The shipped matrix.
    pub const SHIPPED: Self = Self([
        [Priority::Critical, Priority::High, Priority::Normal],
        [Priority::High, Priority::Normal, Priority::Low],
        [Priority::Normal, Priority::Low, Priority::Low],
    ]);

    /// The priority of this impact and urgency.
    pub fn priority(&self, impact: Impact, urgency: Urgency) -> Priority {
        self.0[impact as usize][urgency as usize]
    }
}
