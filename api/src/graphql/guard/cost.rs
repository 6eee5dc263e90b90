//! What an admitted operation may cost.

use super::{Audience, GuardCode, GuardRefusal, Limits};

/// The price of an operation, known before it runs.
///
/// A leaf field is free; an object costs a point; a connection two, because it asks the store; a
/// mutation ten. What lies under a connection's `edges` or `nodes` is multiplied by its page size,
/// and what lies under a field with `ids` by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Cost {
    /// Points.
    pub points: u64,
    /// Objects that the answer may hold.
    pub nodes: u64,
    /// Field levels, leaf included.
    pub depth: u64,
    /// Selections that the guard itself read: the measure of its own work.
    pub steps: u64,
}

impl Cost {
    /// Asks whether this audience may spend that much.
    ///
    /// # Errors
    /// `COST_LIMIT` with the audience's budget.
    pub fn within(&self, audience: Audience, limits: &Limits) -> Result<(), GuardRefusal> {
        let budget = limits.costs.of(audience);
        GuardRefusal::above(GuardCode::CostLimit, "the operation costs", self.points, budget)
    }
}
