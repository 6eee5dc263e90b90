//! What would come of a rule, before it does.

use serde::{Deserialize, Serialize};

use super::event::Definition;
use crate::kernel::AssignmentRuleId;

/// Of which rule it is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SimulationQuery {
    /// Which; what it gives already is no gain.
    pub rule: AssignmentRuleId,
    /// As it would be.
    pub definition: Definition,
}

/// What would come of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Simulation {
    /// How many people would have something they have not.
    pub gains: u32,
    /// How many would not have any more what they have by it.
    pub loses: u32,
    /// For how many duties would not be separated any more.
    pub breaches: u32,
    /// Of all of this by name, so that it is known to be the same: 64 hexadecimal digits.
    pub digest: String,
}
